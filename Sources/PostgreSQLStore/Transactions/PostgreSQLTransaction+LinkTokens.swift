import Auth
import Crypto

extension PostgreSQLTransaction {
    func insert(_ token: LinkToken) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO link_tokens (\(LinkToken.columns)) VALUES ($1, $2, $3, $4, $5, $6)
                """, .digest(token.hash), .choice(token.purpose), .id(token.accountID),
                .optional(token.email, SQLValue.email), .time(token.createdAt),
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
                """
                SELECT \(LinkToken.columns) FROM link_tokens
                WHERE account_id = $1 AND purpose = $2
                """, .id(accountID), .choice(purpose), read: LinkToken.init))
    }

    func deleteLinkToken(_ hash: Digest) throws(AuthError) {
        try run(database.execute("DELETE FROM link_tokens WHERE hash = $1", .digest(hash)))
    }

    func deleteLinkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, exceptProving email: Email?
    ) throws(AuthError) {
        let isKept = email == nil ? "" : " AND email IS DISTINCT FROM $3"
        try run(
            database.execute(
                "DELETE FROM link_tokens WHERE account_id = $1 AND purpose = $2\(isKept)",
                with: [.id(accountID), .choice(purpose)] + (email.map { [.email($0)] } ?? [])))
    }

    func deleteLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError) {
        try run(
            database.execute("DELETE FROM link_tokens WHERE purpose = $1", .choice(purpose)))
    }

    func insert(_ settled: SettledLink, of token: LinkToken) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO settled_links (hash, purpose, outcome, settled_at, expires_at)
                VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (hash) DO UPDATE SET purpose = excluded.purpose,
                    outcome = excluded.outcome, settled_at = excluded.settled_at,
                    expires_at = excluded.expires_at
                """, .digest(token.hash), .choice(token.purpose), .choice(settled.outcome),
                .time(settled.settledAt), .time(token.expiresAt)))
    }
}
