import Glibc

/// Who may do what with a file (lstat(2)).
public struct FileStatus: Sendable, Equatable {
    /// What kind of file it is.
    public enum Kind: Sendable, Equatable {
        /// One with bytes.
        case regular
        /// A directory.
        case directory
        /// A symbolic link, socket, FIFO or device.
        case other
    }

    /// What kind of file it is.
    public let kind: Kind
    /// Its permission bits.
    public let mode: UInt32
    /// Its owner.
    public let user: UInt32

    /// A status from its parts.
    public init(kind: Kind, mode: UInt32, user: UInt32) {
        (self.kind, self.mode, self.user) = (kind, mode, user)
    }

    /// The status of a file, or of a symbolic link itself; nil when it cannot be looked at.
    public init?(_ path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            default: .other
            }
        mode = UInt32(status.st_mode & 0o7777)
        user = status.st_uid
    }

    /// The mode as chmod(1) takes it.
    public var octal: String { "0" + String(mode, radix: 8) }
}
