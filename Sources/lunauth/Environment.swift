import Auth
import Glibc

/// What the process was started with.
enum Environment {
    /// All environment variables.
    static var variables: [String: String] {
        var result: [String: String] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let text = unsafe String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                result[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            unsafe next += 1
        }
        return result
    }

    /// The directory that this program stands in.
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

/// The clock on the wall.
enum WallClock {
    /// The time, in UTC.
    @Sendable static func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
