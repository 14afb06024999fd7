import Glibc
import System

/// The system calls of a loop.
///
/// Loops are generic over it and specialised by the compiler: in the server each method is the
/// system call itself; the simulation replaces sockets, time and faults.
protocol IOBackend: AnyObject, Sendable {
    /// Starts watching a descriptor.
    ///
    /// - Throws: When the kernel has no memory or no watch left.
    func add(
        _ watched: borrowing FileDescriptor, as watch: Poller.Watch, token: Token
    ) throws(SystemError)

    /// Stops watching a descriptor.
    func remove(_ watched: borrowing FileDescriptor)

    /// Waits for events.
    ///
    /// - Parameters:
    ///   - events: The events are stored in it.
    ///   - timeout: In milliseconds; -1 without one.
    /// - Returns: The number of events; nil when a signal interrupted the wait.
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

    /// Opens a descriptor to be closed when the process has none left.
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
