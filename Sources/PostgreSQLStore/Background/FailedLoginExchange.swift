import Auth
import Crypto
import Synchronization
import System

/// Counts failed logins together with the other daemons.
///
/// Each counts for itself and exchanges with the database about twice a second. So in the time between two
/// exchanges, each of N daemons may allow what is left of a limit: at the most N times as many failures at once
/// as one daemon would. Those above the limit are counted when they are exchanged, up to an exhausted count. A
/// crash forgets what was counted since the last exchange, as does a count that was added when the connection
/// was lost, or counts it twice.
///
/// Used by one thread at a time.
final class FailedLoginExchange: Sendable {
    /// How often counts are exchanged.
    static let interval = Duration.milliseconds(500)
    /// The most pages that one exchange reads.
    private static let maximumPages = 8
    /// How long after it an unlock may still have to be carried out here, in milliseconds.
    private static let clearTime: Int64 = 300_000

    private let counts: FailedLogins
    private let state = Mutex(State())

    private struct State {
        var shared = SharedCounts()
        var position = FailedLoginRows.Position()
        /// When accounts were cleared that were cleared here as well.
        var cleared: [Digest: Int64] = [:]
        var nextCleanup: Int64 = 0
    }

    /// An exchange that has not begun.
    init(_ counts: FailedLogins) {
        self.counts = counts
    }

    /// The monotonic clock, in milliseconds.
    private var now: Int64 { Int64(MonotonicClock.now() / 1_000_000) }

    /// Takes over what the daemons have counted, at the start.
    ///
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault.
    func restore(from database: Connection) throws(PostgreSQLError) {
        try state.withLock { (state) throws(PostgreSQLError) in
            // Nothing is counted here yet that an unlock could clear.
            while try learn(&state, from: database, clearing: false) {}
        }
    }

    /// Adds what was counted here, and learns what was counted elsewhere.
    ///
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault: then the rest is exchanged the next time.
    func exchange(on database: Connection) throws(PostgreSQLError) {
        try state.withLock { (state) throws(PostgreSQLError) in
            try tell(&state, to: database)
            for _ in 0..<Self.maximumPages {
                guard try learn(&state, from: database, clearing: true) else { break }
            }
            let now = self.now
            guard now >= state.nextCleanup else { return }
            state.nextCleanup = now + 60_000
            state.shared.removeEnded(now: now)
        }
    }

    /// Clears the counts at accounts that were unlocked, unless another daemon does.
    ///
    /// - Parameter database: Without a transaction.
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault; then the accounts stay to be unlocked.
    func unlock(on database: Connection) throws(PostgreSQLError) -> Bool {
        try state.withLock { (state) throws(PostgreSQLError) in
            let unlocked = try database.transaction(.readCommitted) {
                () throws(PostgreSQLError) in
                var unlocked: [(account: Digest, time: Int64)] = []
                for email in try Unlocks.take(from: database) {
                    let account = counts.key(of: email)
                    unlocked.append(
                        (account, try FailedLoginRows.clear(account, in: database)))
                }
                return unlocked
            }
            for (account, time) in unlocked {
                counts.clear(account)
                state.shared.removeAll(of: account)
                state.cleared[account] = time
            }
            return unlocked.count == Unlocks.batch
        }
    }

    private func tell(
        _ state: inout State, to database: Connection
    ) throws(PostgreSQLError) {
        let now = self.now
        let changed = counts.takeChanges(
            limit: FailedLoginRows.batch, at: Timestamp(milliseconds: now))
        do throws(PostgreSQLError) {
            for subject in FailedLogins.Count.Subject.allCases {
                var (additions, ends): ([Digest: Int64], [Digest: Int64]) = ([:], [:])
                for count in changed where count.subject == subject {
                    let end = count.endsAt?.milliseconds ?? now
                    let name = FailedLoginRows.Name(subject: subject, key: count.key)
                    let amount = state.shared.difference(of: end, name, now: now)
                    guard amount != 0 else { continue }
                    (additions[count.key], ends[count.key]) = (amount, end)
                }
                let told = try FailedLoginRows.add(
                    additions, to: subject, longest: counts.longestTime(of: subject),
                    in: database)
                for (key, left) in told {
                    let name = FailedLoginRows.Name(subject: subject, key: key)
                    // As it was reported: what others have added is learnt from the row.
                    state.shared.set(ends[key] ?? now, of: name, now: now)
                    take(now + left, of: name, into: &state.shared, now: now)
                }
            }
        } catch {
            counts.markChanged(changed)
            throw error
        }
    }

    /// Reads one page.
    ///
    /// - Returns: Whether there is more.
    private func learn(
        _ state: inout State, from database: Connection, clearing: Bool
    ) throws(PostgreSQLError) -> Bool {
        let rows = try FailedLoginRows.read(from: database, after: state.position)
        let now = self.now
        for row in rows {
            if let time = row.clearedAt, let age = row.clearedFor, age < Self.clearTime,
                state.cleared[row.name.key] != time
            {
                state.cleared[row.name.key] = time
                if clearing {
                    counts.clear(row.name.key)
                    state.shared.removeAll(of: row.name.key)
                }
            }
            take(now + row.left, of: row.name, into: &state.shared, now: now)
        }
        guard let last = rows.last else { return false }
        let isMore = rows.count == FailedLoginRows.page
        state.position =
            isMore
            ? FailedLoginRows.Position(updatedAt: last.updatedAt, name: last.name)
            : FailedLoginRows.Position(updatedAt: last.updatedAt - FailedLoginRows.overlap)
        // Rows that are read again are those of the last seconds.
        if !isMore { state.cleared = state.cleared.filter { $0.value > last.updatedAt - 600_000 } }
        return isMore
    }

    /// Moves the count here to what all have counted together.
    private func take(
        _ end: Int64, of name: FailedLoginRows.Name, into shared: inout SharedCounts, now: Int64
    ) {
        let difference = shared.difference(of: end, name, now: now)
        guard difference != 0, counts.move(name.subject, name.key, by: difference) else { return }
        shared.set(end, of: name, now: now)
    }
}
