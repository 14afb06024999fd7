import Auth
import Crypto

/// Never cached: sealed secrets stay out of memory that lives longer than a request.
extension PostgreSQLStore {
    func credentials(of accountID: UUID) throws(AuthError) -> [Credential] {
        try read { (database) throws(PostgreSQLError) in try database.credentials(of: accountID) }
    }

    func dataKey() throws(AuthError) -> [UInt8]? {
        try read { (database) throws(PostgreSQLError) in try database.dataKey() }
    }

    func passkey(_ handle: [UInt8]) throws(AuthError) -> Credential? {
        try read { (database) throws(PostgreSQLError) in try database.passkey(handle) }
    }

    func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose, at time: Timestamp
    ) throws(AuthError) -> Challenge? {
        let found = try read { (database) throws(PostgreSQLError) in
            try database.challenge(hash, for: purpose)
        }
        return found.flatMap { $0.expiresAt > time ? $0 : nil }
    }

    func trustedBrowsers(
        of accountID: UUID, at time: Timestamp
    ) throws(AuthError) -> [TrustedBrowser] {
        try read { (database) throws(PostgreSQLError) in
            try database.rows(
                """
                SELECT \(TrustedBrowser.columns) FROM trusted_browsers
                WHERE account_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC
                """, .id(accountID), .time(time), read: TrustedBrowser.init)
        }
    }
}
