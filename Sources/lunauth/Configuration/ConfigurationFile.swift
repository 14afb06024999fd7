import API
import Glibc
import System

/// A configuration file: its text and its location.
struct ConfigurationFile: Sendable {
    /// The name it was given.
    let name: String
    /// Its directory, absolute; relative paths in the file are relative to it.
    let directory: String
    /// Its text.
    let bytes: [UInt8]
    /// Its permission bits.
    let mode: UInt32

    /// Whether every user of the machine may read it.
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
    ///   - name: The value of `--config`.
    ///   - workingDirectory: Absolute; what a relative name is relative to.
    /// - Returns: Nil when none is named and there is no `config.json`.
    /// - Throws: `unreadable` when it is not there, cannot be read, is not a regular file or is over
    ///   1 MiB.
    static func read(
        named name: String?, workingDirectory: String
    ) throws(ConfigurationError) -> ConfigurationFile? {
        let file = name ?? standardName
        let contents: RegularFile.Contents?
        do {
            contents = try RegularFile.read(
                file.absolute(in: workingDirectory), limit: maximumBytes)
        } catch {
            throw unreadable(file, error.description)
        }
        guard let contents else {
            if name == nil { return nil }
            throw unreadable(file, SystemError("open", code: ENOENT).reason)
        }
        return ConfigurationFile(
            name: file, workingDirectory: workingDirectory, bytes: contents.bytes,
            mode: contents.mode)
    }

    private static func unreadable(_ file: String, _ reason: String) -> ConfigurationError {
        ConfigurationError(problems: [.unreadable(file: file, reason: reason)])
    }
}

extension String {
    /// Whether this can be a path or nothing: on one line, since paths are reported and logged.
    var isPath: Bool {
        utf8.count <= 4_000 && !unicodeScalars.contains(where: \.isControl)
    }

    /// This path, made absolute from a directory that is.
    func absolute(in directory: String) -> String {
        if utf8.first == UInt8(ascii: "/") { return self }
        return directory.utf8.last == UInt8(ascii: "/") ? directory + self : "\(directory)/\(self)"
    }
}
