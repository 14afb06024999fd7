import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ token: LinkToken) throws(AuthError) {
        try removeLinkTokens(of: token.accountID, for: [token.purpose])
        try run(
            database.execute(
                "INSERT INTO link_tokens (\(LinkToken.columns)) VALUES (?, ?, ?, ?, ?, ?)",
                .digest(token.hash), .text(token.purpose.rawValue), .id(token.accountID),
                .optional(token.email) { .text($0.address) }, .time(token.createdAt),
                .time(token.expiresAt)))
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        try run(database.linkToken(hash, for: purpose, at: time))
    }

    func linkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        try run(
            database.first(
                "SELECT \(LinkToken.columns) FROM link_tokens"
                    + " WHERE account_id = ? AND purpose = ? AND expires_at > ?",
                .id(accountID), .text(purpose.rawValue), .time(time), read: LinkToken.init))
    }

    func settle(
        _ token: LinkToken, as outcome: SettledLink.Outcome, at time: Timestamp
    ) throws(AuthError) {
        try run(
            database.execute("DELETE FROM link_tokens WHERE hash = ?", .digest(token.hash)))
        try run(
            database.execute(
                """
                INSERT OR REPLACE INTO settled_links
                    (hash, purpose, outcome, settled_at, expires_at) VALUES (?, ?, ?, ?, ?)
                """, .digest(token.hash), .text(token.purpose.rawValue), .text(outcome.rawValue),
                .time(time), .time(token.expiresAt)))
    }

    func removeLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError) {
        try run(
            database.execute(
                "DELETE FROM link_tokens WHERE purpose = ?", .text(purpose.rawValue)))
    }

    func removeLinkTokens(
        of accountID: UUID, for purposes: [LinkToken.Purpose]
    ) throws(AuthError) {
        for purpose in purposes {
            try run(
                database.execute(
                    "DELETE FROM link_tokens WHERE account_id = ? AND purpose = ?",
                    .id(accountID), .text(purpose.rawValue)))
        }
    }
}
