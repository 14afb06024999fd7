import StoreSupport
import Synchronization
import System

/// A thread that waits for a connection, and what it is given.
///
/// Shared by that thread and those that give; the first of `give` and `wait`'s deadline decides.
final class PoolWaiter: Sendable {
    private enum Phase {
        case waiting, abandoned
        case done(Result<ConnectionSlot, PostgreSQLError>)
    }

    private let phase = Mutex(Phase.waiting)
    private let signal: any WakeSignal

    /// A waiter on a signal of its own.
    init(on signal: any WakeSignal) {
        self.signal = signal
    }

    /// Ends the wait.
    ///
    /// - Returns: Whether the thread gets it; false when it has given up.
    func give(_ result: Result<ConnectionSlot, PostgreSQLError>) -> Bool {
        let isTaken = phase.withLock { phase in
            guard case .waiting = phase else { return false }
            phase = .done(result)
            return true
        }
        if isTaken { signal.signal() }
        return isTaken
    }

    /// Waits until it is given something.
    ///
    /// - Parameter deadline: In nanoseconds of the monotonic clock.
    /// - Returns: What it was given; nil at the deadline: then nothing will be given any more.
    /// - Throws: Why it gets none.
    func wait(until deadline: UInt64) throws(PostgreSQLError) -> ConnectionSlot? {
        while true {
            let isLate = signal.now >= deadline
            let result: Result<ConnectionSlot, PostgreSQLError>?? = phase.withLock { phase in
                if case .done(let result) = phase { return .some(result) }
                guard isLate else { return nil }
                phase = .abandoned
                return .some(nil)
            }
            if let result { return try result?.get() }
            signal.wait(until: deadline)
        }
    }
}
