import Auth
import Glibc

/// What the process was started with.
///
/// All of it is UTF-8, else `firstFault` has it refused: a replaced byte would be another name, another
/// password or another directory.
enum Environment {
    /// All environment variables; those of others that are not UTF-8 are left out.
    static var variables: [String: String] {
        var result: [String: String] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            if let text = unsafe String(validatingCString: entry),
                let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
            {
                result[String(text[..<equals])] = String(text[text.utf8.index(after: equals)...])
            }
            unsafe next += 1
        }
        return result
    }

    /// What of the command line, of lunauth's variables or of the working directory is not UTF-8.
    ///
    /// - Returns: The exit code and a sentence that shows no value; nil when all of it is.
    static var firstFault: (exit: ExitStatus, sentence: String)? {
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = unsafe CommandLine.unsafeArgv[index] else { break }
            guard unsafe String(validatingCString: argument) == nil else { continue }
            return (.usage, "argument \(index) is not UTF-8")
        }
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let text = unsafe String(cString: entry)
            if text.hasPrefix("LUNAUTH_"), unsafe String(validatingCString: entry) == nil {
                return (.configuration, "\(text.prefix { $0 != "=" }) is not UTF-8")
            }
            unsafe next += 1
        }
        guard let path = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(path) }
        guard unsafe String(validatingCString: path) == nil else { return nil }
        return (.configuration, "the name of the working directory is not UTF-8")
    }

    /// Adds variables that the process was not started with; those that it was started with stay.
    ///
    /// Only while the process has one thread.
    static func add(_ variables: [String: String]) {
        for (name, value) in variables { unsafe setenv(name, value, 0) }
    }

    /// The directory of this program.
    static var programDirectory: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &path, path.count)
        let name = path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
        return String(
            decoding: name[..<(name.lastIndex(of: UInt8(ascii: "/")) ?? 0)], as: UTF8.self)
    }

    /// The directory that relative names are relative to.
    static var workingDirectory: String {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }
}

extension Environment {
    /// How many cores the process may use.
    static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
