import Auth
import StoreSupport
import Synchronization
import System

/// Counts that a daemon keeps for a while, since counting again takes time in proportion.
///
/// Shared by all threads.
final class RecentCounts: Sendable {
    /// How often waiting mails are counted, in nanoseconds.
    static let mailInterval: UInt64 = 1_000_000_000

    /// How long other counts are good for, in nanoseconds.
    private let time: UInt64
    private let state = Mutex(State())

    private struct State {
        var waitingMails: Int?
        var counts: (value: StoreCounts, time: UInt64)?
    }

    /// Nothing was counted.
    ///
    /// - Parameter seconds: How long accounts and sessions are not counted again.
    init(keptFor seconds: Int) {
        time = Duration.seconds(seconds).nanoseconds
    }

    /// How many mails waited when they were counted last, up to `Mail.maximumWaiting`; nil before that.
    var waitingMails: Int? { state.withLock(\.waitingMails) }

    /// Counts the mails that wait.
    ///
    /// Not in the transactions that queue mails: each would then conflict with every other.
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault; the last count stays.
    func countMails(in database: Connection) throws(PostgreSQLError) {
        let count = try database.waitingMails()
        state.withLock { $0.waitingMails = count }
    }

    /// The accounts and sessions of not long ago.
    ///
    /// - Parameters:
    ///   - time: Now, in nanoseconds of the monotonic clock.
    ///   - count: Counts them.
    /// - Returns: What `count` returned last.
    /// - Throws: What `count` throws.
    func counts(
        at time: UInt64, _ count: () throws(AuthError) -> StoreCounts
    ) throws(AuthError) -> StoreCounts {
        let kept = state.withLock { $0.counts }
        if let kept, time - kept.time < self.time { return kept.value }
        let value = try count()
        state.withLock { $0.counts = (value, time) }
        return value
    }
}

extension Connection {
    /// How many mails wait for their next attempt, up to the most that may.
    ///
    /// - Throws: Any fault.
    func waitingMails() throws(PostgreSQLError) -> Int {
        Int(
            try integer(
                """
                SELECT count(*) FROM (
                    SELECT 1 FROM mails WHERE next_attempt_at IS NOT NULL LIMIT $1) AS waiting
                """, .limit(Mail.maximumWaiting)))
    }
}
