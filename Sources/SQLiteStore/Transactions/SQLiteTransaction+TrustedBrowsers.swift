import Auth
import Crypto

extension SQLiteTransaction {
    func insert(_ browser: TrustedBrowser) throws(AuthError) {
        try run(
            database.execute(
                "INSERT INTO trusted_browsers (\(TrustedBrowser.columns))"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                .id(browser.id), .digest(browser.hash), .id(browser.accountID),
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
                "SELECT \(TrustedBrowser.columns) FROM trusted_browsers"
                    + " WHERE hash = ? AND account_id = ?",
                .digest(hash), .id(accountID), read: TrustedBrowser.init))
    }

    func updateTrustedBrowser(_ id: UUID, lastUsedAt: Timestamp) throws(AuthError) {
        try run(
            database.execute(
                "UPDATE trusted_browsers SET last_used_at = ? WHERE id = ?", .time(lastUsedAt),
                .id(id)))
    }

    func deleteTrustedBrowser(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool {
        try run(
            database.execute(
                "DELETE FROM trusted_browsers WHERE id = ? AND account_id = ?", .id(id),
                .id(accountID)))
        return database.changedRows > 0
    }

    @discardableResult
    func deleteTrustedBrowsers(of accountID: UUID, keeping count: Int) throws(AuthError) -> Int {
        try run(
            database.execute(
                """
                DELETE FROM trusted_browsers WHERE key IN (
                    SELECT key FROM trusted_browsers WHERE account_id = ?
                    ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?
                )
                """, .id(accountID), .integer(Int64(max(0, count)))))
        return database.changedRows
    }

    func deleteAllTrustedBrowsers() throws(AuthError) -> Int {
        try run(database.execute("DELETE FROM trusted_browsers"))
        return database.changedRows
    }
}
