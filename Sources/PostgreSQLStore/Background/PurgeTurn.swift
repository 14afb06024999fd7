import Auth
import Crypto

/// How far the purge is that all daemons do together, a batch at a time, one of them at a time.
///
/// The daemon that does a batch has the row locked that says so; a daemon that is killed leaves the lock at once and
/// the rest of the purge to the others.
struct PurgeTurn: Equatable {
    /// The time that the purge under way goes by, or the last one went by.
    private(set) var time: Timestamp
    /// When it began.
    private(set) var beganAt: Timestamp
    /// Whether there may be more to remove.
    var isRemoving: Bool
    /// The session after which those that went unused are looked for, by its id; nil where all were looked at.
    var position: UUID?

    /// How long after the beginning of a purge the next one comes, in seconds.
    static let interval: Int64 = 3_600

    /// A turn from its parts.
    init(time: Timestamp, beganAt: Timestamp, isRemoving: Bool, position: UUID? = nil) {
        self.time = time
        self.beganAt = beganAt
        self.isRemoving = isRemoving
        self.position = position
    }

    /// Whether it is under way.
    var isUnderWay: Bool { isRemoving || position != nil }

    /// Goes on with the purge, or begins one where it is time.
    ///
    /// - Parameter now: The present time.
    /// - Returns: Whether there is something to do.
    mutating func proceed(at now: Timestamp) -> Bool {
        if isUnderWay { return true }
        // One that began long after the present is of a clock that was set back.
        guard
            now >= beganAt.adding(seconds: Self.interval)
                || beganAt > now.adding(seconds: Self.interval)
        else { return false }
        time = Purge.time(at: now, after: time)
        beganAt = now
        isRemoving = true
        position = .least
        return true
    }
}

extension PurgeTurn {
    /// Takes the lock, until the end of the transaction; nil while another daemon has it.
    ///
    /// - Parameter database: In a transaction.
    /// - Throws: Any fault.
    init?(lockedIn database: Connection) throws(PostgreSQLError) {
        let time = try database.first(
            "SELECT value FROM meta WHERE name = 'purge_time' FOR UPDATE SKIP LOCKED"
        ) { (row) throws(PostgreSQLError) in
            try row.expect(Int64(try row.text(0)), in: 0)
        }
        guard let time else { return nil }
        // A statement of its own: it sees what was committed before the lock was free.
        let state = try database.first("SELECT value FROM meta WHERE name = 'purge_state'") {
            (row) throws(PostgreSQLError) in try row.text(0)
        }
        let words = (state ?? "").split(separator: " ")
        self.init(
            time: Timestamp(milliseconds: time),
            beganAt: Timestamp(milliseconds: words.first.flatMap { Int64($0) } ?? time),
            isRemoving: words.dropFirst().first == "removing",
            position: words.dropFirst(2).first.flatMap { UUID(parsing: $0.utf8) })
    }

    /// Writes it down.
    ///
    /// - Parameter database: In the transaction that has the lock.
    /// - Throws: Any fault.
    func save(in database: Connection) throws(PostgreSQLError) {
        let words = [
            String(beganAt.milliseconds), isRemoving ? "removing" : "removed",
            position?.description,
        ]
        let state = words.compactMap(\.self).joined(separator: " ")
        try database.execute(
            """
            INSERT INTO meta (name, value) VALUES ('purge_time', $1), ('purge_state', $2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, .text(String(time.milliseconds)), .text(state))
    }
}
