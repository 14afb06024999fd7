import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ token: LinkToken) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO link_tokens (\(LinkToken.columns)) VALUES (?, ?, ?, ?, ?, ?)",
                .digest(token.hash), .text(token.purpose.rawValue), .id(token.accountID),
                .optional(token.email) { .text($0.address) }, .time(token.createdAt),
                .time(token.expiresAt)))
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken? {
        try run(database.linkToken(hash, for: purpose))
    }

    func linkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken? {
        try run(
            database.first(
                "SELECT \(LinkToken.columns) FROM link_tokens WHERE account_id = ? AND purpose = ?",
                .id(accountID), .text(purpose.rawValue), read: LinkToken.init))
    }

    func deleteLinkToken(_ hash: Digest) throws(AuthError) {
        try run(database.execute("DELETE FROM link_tokens WHERE hash = ?", .digest(hash)))
    }

    func deleteLinkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, exceptProving email: Email?
    ) throws(AuthError) {
        try run(
            database.execute(
                "DELETE FROM link_tokens WHERE account_id = ?1 AND purpose = ?2"
                    + " AND (?3 IS NULL OR email IS NOT ?3)",
                .id(accountID), .text(purpose.rawValue),
                .optional(email) { .text($0.address) }))
    }

    func deleteLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError) {
        try run(
            database.execute(
                "DELETE FROM link_tokens WHERE purpose = ?", .text(purpose.rawValue)))
    }

    func insert(_ settled: SettledLink, of token: LinkToken) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT OR REPLACE INTO settled_links
                    (hash, purpose, outcome, settled_at, expires_at) VALUES (?, ?, ?, ?, ?)
                """, .digest(token.hash), .text(token.purpose.rawValue),
                .text(settled.outcome.rawValue), .time(settled.settledAt),
                .time(token.expiresAt)))
    }
}
