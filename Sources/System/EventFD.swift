import CLinux
import Glibc

/// A counter in the kernel that one thread adds to and another waits for (eventfd(2)).
public struct EventFD: ~Copyable, Sendable {
    /// How a read takes from the counter.
    public enum Mode {
        /// A read takes the whole count and never waits: a flag beside other events.
        case flag
        /// A read takes one and waits while there is none: a queue's semaphore.
        case semaphore
    }

    /// The eventfd; readable while the count is above zero.
    public let descriptor: FileDescriptor

    /// A counter at zero.
    ///
    /// - Throws: When the process has no descriptor left.
    public init(_ mode: Mode) throws(SystemError) {
        let flags =
            switch mode {
            case .flag: EFD_CLOEXEC | EFD_NONBLOCK
            case .semaphore: EFD_CLOEXEC | EFD_SEMAPHORE
            }
        let number = try SystemCall.require("eventfd") { eventfd(0, Int32(flags)) }
        descriptor = FileDescriptor(owning: number)
    }

    /// Adds to the count.
    public func add(_ amount: UInt64 = 1) {
        Self.add(amount, to: descriptor.number)
    }

    /// Adds to the count of the eventfd with this number.
    public static func add(_ amount: UInt64 = 1, to number: Int32) {
        var amount = amount
        _ = SystemCall.retrying { unsafe write(number, &amount, MemoryLayout<UInt64>.size) }
    }

    /// Takes from the count, as the mode says.
    public func take() {
        var count: UInt64 = 0
        let number = descriptor.number
        _ = SystemCall.retrying { unsafe read(number, &count, MemoryLayout<UInt64>.size) }
    }
}
