import System
import Synchronization

/// When the outbox worker has to have ended, whatever is in progress.
///
/// Set by the thread that ends the daemon, read by the worker's thread.
final class ShutdownDeadline: Sendable {
    private let moment = Atomic(UInt64.max)

    /// In nanoseconds of the monotonic clock; never, while the daemon serves.
    var time: UInt64 { moment.load(ordering: .acquiring) }

    /// Whether nothing new is to be begun.
    var isNear: Bool { time != .max }

    /// Gives the worker this long.
    func set(within duration: Duration) {
        moment.store(MonotonicClock.now() + duration.nanoseconds, ordering: .releasing)
    }
}
