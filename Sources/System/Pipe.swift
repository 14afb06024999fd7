import CLinux
import Glibc

/// A pipe (pipe(7)), both ends of which close on exec.
public struct Pipe: ~Copyable, Sendable {
    /// The end that is read from.
    public let reader: FileDescriptor
    /// The end that is written to.
    public let writer: FileDescriptor

    /// Opens a pipe.
    ///
    /// - Throws: When the process has no descriptor left.
    public init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        try SystemCall.require("pipe2") { unsafe clinux_pipe(&ends) }
        reader = FileDescriptor(owning: ends[0])
        writer = FileDescriptor(owning: ends[1])
    }
}
