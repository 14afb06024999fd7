import Auth
import Crypto
import Synchronization

/// What was used since the writer last wrote it down: sessions and API keys, each with the period that
/// its last use lies in.
///
/// Shared by all threads. It is worth no write per request and no wait: what finds no room is used
/// again in another period, and what is lost with the process are some seconds.
final class Activity: Sendable {
    /// What may be used.
    enum Subject: Sendable, Hashable {
        /// A session, by its id.
        case session(UUID)
        /// An API key, by its id.
        case apiKey(UUID)
    }

    /// A use that is to be written down.
    typealias Use = (subject: Subject, time: Timestamp)

    /// The most that waits to be written.
    static let capacity = 16_384
    /// The most that one transaction writes, so that no other write waits long for it.
    static let batch = 1_024
    /// How long uses are gathered at most.
    private static let longestInterval: Int64 = 10

    /// How long uses are gathered.
    let interval: Duration
    private let period: UsePeriod
    private let state = Mutex(State())

    private struct State {
        var uses: [Subject: Timestamp] = [:]
        /// Those that are about to be written: they count until they are.
        var leaving: [Subject: Timestamp] = [:]
    }

    /// Nothing was used yet.
    ///
    /// - Parameter period: Which uses are told apart.
    init(_ period: UsePeriod = UsePeriod()) {
        self.period = period
        interval = .seconds(min(period.seconds, Self.longestInterval))
    }

    /// How much waits to be written.
    var count: Int { state.withLock { $0.uses.count } }

    /// Takes note of a use, unless there is no room.
    func note(_ subject: Subject, at time: Timestamp) {
        let start = period.start(at: time)
        state.withLock { state in
            guard let noted = state.uses[subject] else {
                if state.uses.count < Self.capacity { state.uses[subject] = start }
                return
            }
            if noted < start { state.uses[subject] = start }
        }
    }

    /// The last use that is not written down yet; nil when there is none.
    func lastUse(of subject: Subject) -> Timestamp? {
        state.withLock { $0.uses[subject] ?? $0.leaving[subject] }
    }

    /// Takes at most one batch out, until `finish`.
    func take() -> [Use] {
        state.withLock { state in
            let part = state.uses.prefix(Self.batch)
            for use in part { state.uses[use.key] = nil }
            state.leaving = Dictionary(uniqueKeysWithValues: Array(part))
            return part.map { (subject: $0.key, time: $0.value) }
        }
    }

    /// Forgets the batch that was taken out, or keeps it to be written another time.
    func finish(isWritten: Bool) {
        state.withLock { state in
            if !isWritten {
                state.uses.merge(state.leaving) { newer, _ in newer }
            }
            state.leaving = [:]
        }
    }

    /// Writes uses down, in one transaction.
    ///
    /// A row is changed once a period at most, however often its use was noted in it, and no use lies
    /// before what was used was there.
    /// - Parameters:
    ///   - uses: As `take` gave them.
    ///   - database: The writer's connection, without a transaction.
    /// - Throws: Any fault of SQLite; nothing is written then.
    static func write(_ uses: [Use], to database: Database) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            for use in uses {
                switch use.subject {
                case .session(let id):
                    try database.execute(
                        "UPDATE sessions SET last_seen_at = max(?1, created_at) WHERE id = ?2"
                            + " AND (last_seen_at IS NULL OR last_seen_at < ?1)",
                        .time(use.time), .id(id))
                case .apiKey(let id):
                    try database.execute(
                        "UPDATE api_keys SET last_used_at = max(?1, created_at) WHERE id = ?2"
                            + " AND (last_used_at IS NULL OR last_used_at < ?1)",
                        .time(use.time), .id(id))
                }
            }
        }
    }
}
