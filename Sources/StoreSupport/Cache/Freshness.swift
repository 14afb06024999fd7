import Synchronization
import System

/// Until when what is in memory may answer, where other processes change what it is a copy of.
///
/// The thread that follows their changes confirms it again and again. Shared by all threads.
package final class Freshness: Sendable {
    /// For how long after a confirmation memory answers while the database is reached, in nanoseconds: what
    /// another process ended is answered no longer.
    package static let bound: UInt64 = 1_000_000_000

    private let staleTime: UInt64
    private let now: @Sendable () -> UInt64
    /// When it was confirmed last; 0 for never.
    private let confirmed = Atomic<UInt64>(0)
    private let isReached = Atomic<Bool>(true)

    /// Not confirmed yet.
    ///
    /// - Parameters:
    ///   - staleSeconds: For how long after a confirmation memory answers while the database cannot be
    ///     reached; 0 for no longer than while it can.
    ///   - now: Nanoseconds of a monotonic clock.
    package init(
        staleSeconds: Int, now: @escaping @Sendable () -> UInt64 = { MonotonicClock.now() }
    ) {
        staleTime = max(Self.bound, UInt64(max(0, staleSeconds)) * 1_000_000_000)
        self.now = now
    }

    /// Whether memory may answer.
    package var isCurrent: Bool {
        guard let age else { return false }
        return age < Self.bound || (age < staleTime && !isReached.load(ordering: .relaxed))
    }

    /// How many nanoseconds ago it was confirmed; nil for never.
    package var age: UInt64? {
        let time = confirmed.load(ordering: .acquiring)
        guard time > 0 else { return nil }
        let now = now()
        return now > time ? now - time : 0
    }

    /// Notes that memory has dropped everything that changed before a time.
    ///
    /// - Parameter time: When the look at the changes began.
    package func confirm(at time: UInt64) {
        confirmed.store(time, ordering: .releasing)
        isReached.store(true, ordering: .relaxed)
    }

    /// Notes that the database cannot be reached.
    package func lose() {
        isReached.store(false, ordering: .relaxed)
    }
}
