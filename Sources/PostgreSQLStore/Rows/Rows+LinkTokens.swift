import Auth
import Crypto

extension LinkToken {
    /// The columns that `init(_:)` reads, in order.
    static let columns = "hash, purpose, account_id, email, created_at, expires_at"

    /// A token from a row of `columns`.
    ///
    /// - Throws: When a value is not what the schema promises.
    init(_ row: Row) throws(PostgreSQLError) {
        self.init(
            hash: try row.digest(0), purpose: try row.choice(1), accountID: try row.id(2),
            email: try row.optional(3, row.email), createdAt: try row.time(4),
            expiresAt: try row.time(5))
    }
}

extension Connection {
    /// The token of this hash and purpose, also one that has expired.
    ///
    /// - Throws: Any fault.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose
    ) throws(PostgreSQLError) -> LinkToken? {
        try first(
            "SELECT \(LinkToken.columns) FROM link_tokens WHERE hash = $1 AND purpose = $2",
            .digest(hash), .choice(purpose), read: LinkToken.init)
    }

    /// What came of the link whose token has this hash and purpose, until the token would have expired.
    ///
    /// - Throws: Any fault.
    func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(PostgreSQLError) -> SettledLink? {
        try first(
            "SELECT outcome, settled_at FROM settled_links"
                + " WHERE hash = $1 AND purpose = $2 AND expires_at > $3",
            .digest(hash), .choice(purpose), .time(time)
        ) { (row) throws(PostgreSQLError) in
            SettledLink(try row.choice(0), at: try row.time(1))
        }
    }
}
