import Auth
import Crypto

extension PostgreSQLTransaction {
    func insert(_ browser: TrustedBrowser) throws(AuthError) {
        try run(
            database.execute(
                """
                INSERT INTO trusted_browsers (\(TrustedBrowser.columns))
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """, .id(browser.id), .digest(browser.hash), .id(browser.accountID),
                .time(browser.createdAt), .time(browser.expiresAt),
                .optional(browser.lastUsedAt, SQLValue.time),
                .optional(browser.userAgent, SQLValue.text),
                .optional(browser.address, SQLValue.text)))
    }

    func trustedBrowser(
        _ hash: Digest, of accountID: UUID
    ) throws(AuthError) -> TrustedBrowser? {
        try run(
            database.first(
                """
                SELECT \(TrustedBrowser.columns) FROM trusted_browsers
                WHERE hash = $1 AND account_id = $2
                """, .digest(hash), .id(accountID), read: TrustedBrowser.init))
    }

    func updateTrustedBrowser(_ id: UUID, lastUsedAt: Timestamp) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE trusted_browsers SET last_used_at = $1 WHERE id = $2", .time(lastUsedAt),
                .id(id)))
    }

    func deleteTrustedBrowser(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool {
        try run(
            database.execute(
                "DELETE FROM trusted_browsers WHERE id = $1 AND account_id = $2", .id(id),
                .id(accountID))) > 0
    }

    @discardableResult
    func deleteTrustedBrowsers(of accountID: UUID, keeping count: Int) throws(AuthError) -> Int {
        try run(
            database.execute(
                """
                DELETE FROM trusted_browsers WHERE id IN (
                    SELECT id FROM trusted_browsers WHERE account_id = $1
                    ORDER BY created_at DESC, id DESC OFFSET $2
                )
                """, .id(accountID), .limit(count)))
    }

    func deleteAllTrustedBrowsers() throws(AuthError) -> Int {
        try run(database.execute("DELETE FROM trusted_browsers"))
    }
}
