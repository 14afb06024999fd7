import Glibc

/// The space of a file system, in bytes (statvfs(3)).
public struct DiskSpace: Sendable, Equatable {
    /// The space available to users other than root.
    public let free: UInt64
    /// All of it.
    public let total: UInt64

    /// Creates a value.
    public init(free: UInt64, total: UInt64) {
        self.free = free
        self.total = total
    }

    /// The space of the file system of a path.
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
