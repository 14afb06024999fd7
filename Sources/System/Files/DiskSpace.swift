import Glibc

/// How much room a file system has, in bytes (statvfs(3)).
public struct DiskSpace: Sendable, Equatable {
    /// What may still be written, by whoever is not root.
    public let free: UInt64
    /// All of it.
    public let total: UInt64

    /// The room of a file system whose size is known.
    public init(free: UInt64, total: UInt64) {
        self.free = free
        self.total = total
    }

    /// The room of the file system that a path is on.
    ///
    /// - Throws: When there is nothing at the path.
    public init(at path: String) throws(SystemError) {
        var status = statvfs()
        try SystemCall.require("statvfs") { unsafe statvfs(path, &status) }
        free =
            UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
            .partialValue
        total =
            UInt64(status.f_blocks).multipliedReportingOverflow(by: UInt64(status.f_frsize))
            .partialValue
    }
}
