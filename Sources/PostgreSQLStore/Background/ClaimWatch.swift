import Synchronization
import System

/// Whether claims of other daemons that have ended may be taken over: after the database was reached for so long
/// that every daemon that runs has renewed its own.
///
/// While no daemon reaches the database all claims end, also those of daemons that are sending.
final class ClaimWatch: Sendable {
    /// For how long, in nanoseconds.
    static let time = 2 * MailClaims.interval.nanoseconds

    /// Since when each renewal has succeeded, in nanoseconds of the monotonic clock.
    private let reachedSince = Atomic<UInt64>(.max)

    /// Notes the outcome of a renewal; called by one thread.
    ///
    /// - Parameters:
    ///   - isReached: Whether it succeeded.
    ///   - time: Now, in nanoseconds of the monotonic clock.
    func note(isReached: Bool, at time: UInt64) {
        if !isReached {
            reachedSince.store(.max, ordering: .relaxed)
        } else if reachedSince.load(ordering: .relaxed) == .max {
            reachedSince.store(time, ordering: .relaxed)
        }
    }

    /// Whether claims that have ended may be taken over.
    ///
    /// - Parameter time: Now, in nanoseconds of the monotonic clock.
    /// - Returns: Whether they may.
    func allowsTakeover(at time: UInt64) -> Bool {
        let since = reachedSince.load(ordering: .relaxed)
        return time >= since && time - since >= Self.time
    }
}
