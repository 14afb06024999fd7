import Glibc
import System

/// What a loop asks of the kernel.
///
/// Loops are generic over it and specialised by the compiler: in the server each of these is the
/// system call itself, in a simulation sockets, time and faults are made up.
protocol IOBackend: AnyObject, Sendable {
    /// Starts to watch a descriptor.
    ///
    /// - Throws: When the kernel has no memory or no watch left.
    func add(
        _ watched: borrowing FileDescriptor, as watch: Poller.Watch, token: Token
    ) throws(SystemError)

    /// Stops to watch a descriptor.
    func remove(_ watched: borrowing FileDescriptor)

    /// Waits for events.
    ///
    /// - Parameters:
    ///   - events: Where they are stored.
    ///   - timeout: In milliseconds; -1 without one.
    /// - Returns: How many there are; nil when a signal interrupted the wait.
    func wait(into events: inout Poller.Events, timeout: Int32) -> Int?

    /// Receives what fits into `buffer`, without waiting; `.done(0)` is the end of the input.
    func receive(
        _ socket: borrowing FileDescriptor, into buffer: inout [UInt8], from start: Int
    ) -> SystemCall.Outcome

    /// Sends bytes without waiting.
    func send(
        _ socket: borrowing FileDescriptor, _ bytes: [UInt8], in range: Range<Int>
    ) -> SystemCall.Outcome

    /// Ends the output of a connection; its input stays open.
    func endOutput(_ socket: borrowing FileDescriptor)

    /// Opens a descriptor that can be given up when the process has none left.
    func openSpare() -> FileDescriptor?

    /// The time of day, in seconds since 1970.
    func seconds() -> Int
}

extension Poller: IOBackend {
    func receive(
        _ socket: borrowing FileDescriptor, into buffer: inout [UInt8], from start: Int
    ) -> SystemCall.Outcome {
        SystemCall.receive(socket, into: &buffer, from: start)
    }

    func send(
        _ socket: borrowing FileDescriptor, _ bytes: [UInt8], in range: Range<Int>
    ) -> SystemCall.Outcome {
        SystemCall.send(socket, bytes, in: range)
    }

    func endOutput(_ socket: borrowing FileDescriptor) {
        SystemCall.endOutput(socket)
    }

    func openSpare() -> FileDescriptor? { SystemCall.openSpare() }

    func seconds() -> Int { time(nil) }
}
