import Auth
import Crypto
import StoreSupport

/// Lists, newest first. A page ends with one row more than was asked for, where there is one: that
/// tells whether another page follows.
extension SQLiteStore {
    func sessions(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<SessionDetails> {
        let rows = try read { (database) throws(SQLiteError) in
            try database.rows(
                """
                SELECT \(SessionDetails.columns) FROM sessions
                WHERE account_id = ? AND ended_at IS NULL AND expires_at > ?
                    AND (created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """, .id(accountID), .time(now), page.time, page.id, page.rows,
                read: SessionDetails.init)
        }
        return Page(rows, of: page) {
            Cursor(createdAt: $0.session.createdAt, id: $0.session.id)
        }.map { details in
            var details = details
            details.lastSeenAt = instance.cached.lastUse(of: details)
            return details
        }
    }

    func apiKeys(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<APIKeyDetails> {
        let rows = try read { (database) throws(SQLiteError) in
            try database.rows(
                """
                SELECT \(APIKeyDetails.columns) FROM api_keys
                WHERE account_id = ? AND \(APIKey.isLive) AND (created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """, .id(accountID), .time(now), page.time, page.id, page.rows,
                read: APIKeyDetails.init)
        }
        return Page(rows, of: page) { Cursor(createdAt: $0.createdAt, id: $0.key.id) }
    }

    func ownedAPIKeys(
        of accountID: UUID?, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<OwnedAPIKey> {
        let rows = try read { (database) throws(SQLiteError) in
            try database.rows(
                """
                SELECT \(OwnedAPIKey.columns) FROM api_keys
                WHERE \(APIKey.isLive) AND account_id = coalesce(?, account_id)
                    AND (created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """, .time(now), .optional(accountID, SQLValue.id), page.time, page.id, page.rows,
                read: OwnedAPIKey.init)
        }
        return Page(rows, of: page) {
            Cursor(createdAt: $0.details.createdAt, id: $0.details.key.id)
        }
    }

    func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite> {
        let rows = try read { (database) throws(SQLiteError) in
            try database.rows(
                """
                SELECT \(Invite.columns) FROM invites WHERE (created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """, page.time, page.id, page.rows, read: Invite.init)
        }
        return Page(rows, of: page) { Cursor(createdAt: $0.createdAt, id: $0.id) }
    }

    func invites(
        madeBy accountID: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<Invite> {
        let rows = try read { (database) throws(SQLiteError) in
            try database.rows(
                """
                SELECT \(Invite.columns) FROM invites
                WHERE created_by = ? AND (created_at, id) < (?, ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """, .id(accountID), page.time, page.id, page.rows, read: Invite.init)
        }
        return Page(rows, of: page) { Cursor(createdAt: $0.createdAt, id: $0.id) }
    }

    func lastSeen(of accountIDs: [UUID]) throws(AuthError) -> [UUID: Timestamp] {
        try read { (database) throws(SQLiteError) in
            var latest: [UUID: Timestamp] = [:]
            for id in accountIDs {
                // From the index of just this expression: one lookup each.
                latest[id] =
                    try database.first(
                        """
                        SELECT max(coalesce(last_seen_at, created_at)) FROM sessions
                        WHERE account_id = ?
                        """, .id(id)
                    ) { (row) throws(SQLiteError) in
                        try row.optional(0) { (row) throws(SQLiteError) in try row.time(0) }
                    } ?? nil
            }
            return latest
        }
    }
}

extension PageRequest {
    /// When the last item before the page was made; later than anything for the first page.
    var time: SQLValue { after?.key.value ?? .integer(.max) }

    /// The id of that item.
    var id: SQLValue { .optional(after) { .id($0.id) } }

    /// How many rows are read.
    var rows: SQLValue { .integer(Int64(limit) + 1) }
}

extension Cursor.Key {
    /// The value in its column.
    var value: SQLValue {
        switch self {
        case .createdAt(let time): .time(time)
        case .foldedName(let name): .text(name)
        }
    }
}

extension SessionDetails {
    /// The columns that `init(_:)` reads, in order.
    static let columns =
        "\(Session.columns), address, user_agent, coalesce(last_seen_at, created_at)"

    /// Details from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(SQLiteError) {
        self.init(
            session: try Session(row),
            address: try row.optional(8) { (row) throws(SQLiteError) in try row.text(8) },
            userAgent: try row.optional(9) { (row) throws(SQLiteError) in try row.text(9) },
            lastSeenAt: try row.time(10))
    }
}
