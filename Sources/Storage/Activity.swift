import Auth
import Crypto
import Synchronization

/// What was used since the writer last wrote it down: sessions and API keys, each with its minute.
///
/// Shared by all threads. It is worth no write per request and no wait: what finds no room is used
/// again in another minute, and what is lost with the process are some seconds.
final class Activity: Sendable {
    /// What may be used.
    enum Subject: Sendable, Hashable {
        /// A session, by its id.
        case session(UUID)
        /// An API key, by its id.
        case apiKey(UUID)
    }

    /// The most that waits to be written.
    static let capacity = 16_384
    /// The most that one transaction writes, so that no other write waits long for it.
    static let batch = 1_024
    /// How long uses are gathered.
    static let interval = Duration.seconds(10)

    private let uses = Mutex<[Subject: Timestamp]>([:])

    /// How much waits to be written.
    var count: Int { uses.withLock { $0.count } }

    /// Takes note of a use, unless there is no room.
    func note(_ subject: Subject, at time: Timestamp) {
        let minute = time.startOfMinute
        uses.withLock { uses in
            guard let noted = uses[subject] else {
                if uses.count < Self.capacity { uses[subject] = minute }
                return
            }
            if noted < minute { uses[subject] = minute }
        }
    }

    /// Takes at most one batch out.
    func take() -> [(subject: Subject, minute: Timestamp)] {
        uses.withLock { uses in
            let part = uses.prefix(Self.batch).map { (subject: $0.key, minute: $0.value) }
            for use in part { uses[use.subject] = nil }
            return part
        }
    }

    /// Writes uses down, in one transaction.
    ///
    /// A row is changed once a minute at most, however often its use was noted in it, and no use lies
    /// before what was used was there.
    /// - Parameters:
    ///   - uses: As `take` gave them.
    ///   - database: The writer's connection, without a transaction.
    /// - Throws: Any fault of SQLite; nothing is written then.
    static func write(
        _ uses: [(subject: Subject, minute: Timestamp)], to database: Database
    ) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            for use in uses {
                switch use.subject {
                case .session(let id):
                    try database.execute(
                        "UPDATE sessions SET last_seen_at = ?1 WHERE id = ?2"
                            + " AND coalesce(last_seen_at, created_at) < ?1",
                        .time(use.minute), .id(id))
                case .apiKey(let id):
                    try database.execute(
                        "UPDATE api_keys SET last_used_at = max(?1, created_at) WHERE id = ?2"
                            + " AND (last_used_at IS NULL OR last_used_at < ?1)",
                        .time(use.minute), .id(id))
                }
            }
        }
    }
}

extension Timestamp {
    private static let millisecondsPerMinute: Int64 = 60_000

    /// Tells one minute from another; it repeats itself after eight thousand years.
    var minute: UInt32 { UInt32(truncatingIfNeeded: milliseconds / Self.millisecondsPerMinute) }

    /// When the minute of this time began.
    fileprivate var startOfMinute: Timestamp {
        Timestamp(milliseconds: milliseconds - milliseconds % Self.millisecondsPerMinute)
    }
}
