import API
import Glibc

/// A configuration file: its text and where it stands.
struct ConfigurationFile: Sendable {
    /// The name it was given.
    let name: String
    /// The directory it stands in, absolute; what relative paths in it are relative to.
    let directory: String
    /// Its text.
    let bytes: [UInt8]
    /// Its permission bits.
    let mode: UInt32

    /// Whether anybody on the machine may read it.
    ///
    /// Its group may: a file of root's could not be read by the service otherwise.
    var isReadableByOthers: Bool { mode & 0o007 != 0 }

    /// The file that is read, if it is there, when none is named.
    static let standardName = "config.json"
    /// More than any configuration needs.
    static let maximumBytes = 1 << 20

    /// A file from its parts.
    init(name: String, workingDirectory: String, bytes: [UInt8], mode: UInt32 = 0o600) {
        let parent = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[...$0] } ?? ""
        self.name = name
        self.directory = String(parent).absolute(in: workingDirectory)
        self.bytes = bytes
        self.mode = mode
    }

    /// Reads the named file or, where none is named, `config.json`.
    ///
    /// - Parameters:
    ///   - name: What `--config` says.
    ///   - workingDirectory: Absolute; what a relative name is relative to.
    /// - Returns: Nil when none is named and there is no `config.json`.
    /// - Throws: `unreadable` when it is not there, cannot be read or is over 1 MiB.
    static func read(
        named name: String?, workingDirectory: String
    ) throws(ConfigurationError) -> ConfigurationFile? {
        let file = name ?? standardName
        let descriptor = unsafe open(file.absolute(in: workingDirectory), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if name == nil, errno == ENOENT { return nil }
            throw unreadable(file, errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(file, errno) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count <= maximumBytes {
            let count = unsafe part.withUnsafeMutableBytes { part in
                unsafe Glibc.read(descriptor, part.baseAddress, part.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(file, errno)
            }
            guard count > 0 else {
                return ConfigurationFile(
                    name: file, workingDirectory: workingDirectory, bytes: bytes,
                    mode: status.st_mode & 0o7777)
            }
            bytes += part[..<count]
        }
        throw ConfigurationError(problems: [
            .unreadable(file: file, reason: "larger than \(maximumBytes) bytes")
        ])
    }

    private static func unreadable(_ file: String, _ code: Int32) -> ConfigurationError {
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return ConfigurationError(problems: [.unreadable(file: file, reason: reason)])
    }
}

extension String {
    /// This path, made absolute from a directory that is.
    func absolute(in directory: String) -> String {
        if utf8.first == UInt8(ascii: "/") { return self }
        return directory.utf8.last == UInt8(ascii: "/") ? directory + self : "\(directory)/\(self)"
    }
}
