import System
import Synchronization

/// When the postman has to have ended, whatever is under way.
///
/// Decided by whoever ends the daemon, followed by the postman's thread.
final class ShutdownDeadline: Sendable {
    private let moment = Atomic(UInt64.max)

    /// In nanoseconds of the monotonic clock; never, while the daemon serves.
    var time: UInt64 { moment.load(ordering: .acquiring) }

    /// Whether nothing new is to be begun.
    var isNear: Bool { time != .max }

    /// Leaves the postman this long.
    func come(within duration: Duration) {
        moment.store(MonotonicClock.now() + duration.nanoseconds, ordering: .releasing)
    }
}
