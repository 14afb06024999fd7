import StoreSupport
import Synchronization

/// How memory is kept up to date with other daemons.
public struct InvalidationStatistics: Sendable, Equatable {
    /// How many nanoseconds ago memory was known to be up to date; nil before the first time.
    public var lag: UInt64?
    /// Whether notifications are received; nil while that is unknown.
    ///
    /// They are not behind a proxy that pools transactions, where changes are found by looking for them.
    public var isNotified: Bool?
    /// Looks at the changes.
    public var polls: UInt64 = 0
    /// Changes found, those of this daemon as well.
    public var changes: UInt64 = 0
    /// How often everything was dropped: at the start, and after each lost connection.
    public var restarts: UInt64 = 0
}

/// Counts what the thread does that keeps memory up to date.
final class InvalidationCounters: Sendable {
    private let counts = Mutex(InvalidationStatistics())

    /// Nothing counted yet.
    init() {}

    /// Adds to a count.
    func count(
        _ path: WritableKeyPath<InvalidationStatistics, UInt64>, _ amount: Int = 1
    ) {
        counts.withLock { $0[keyPath: path] += UInt64(amount) }
    }

    /// Notes whether notifications are received.
    func note(isNotified: Bool?) {
        counts.withLock { $0.isNotified = isNotified }
    }

    /// The counts at the moment.
    func snapshot(_ freshness: Freshness?) -> InvalidationStatistics {
        var counts = counts.withLock { $0 }
        counts.lag = freshness?.age
        return counts
    }
}
