import Auth
import Crypto
import StoreSupport

extension PostgreSQLStore {
    func apiKey(_ hash: Digest, now: Timestamp) throws(AuthError) -> APIKey? {
        try instance.cached.apiKey(hash, now: now) { () throws(AuthError) in
            try read { (database) throws(PostgreSQLError) in
                try database.first(
                    """
                    SELECT \(APIKey.columns) FROM api_keys
                    WHERE key_hash = $1 AND \(APIKey.isLive(at: "$2"))
                    """, .digest(hash), .time(now), read: APIKey.init)
            }
        }
    }

    func apiKeyDetails(_ id: UUID) throws(AuthError) -> APIKeyDetails? {
        try read { (database) throws(PostgreSQLError) in try database.apiKeyDetails(id) }
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        let found = try read { (database) throws(PostgreSQLError) in
            try database.linkToken(hash, for: purpose)
        }
        return found.flatMap { $0.expiresAt > time ? $0 : nil }
    }

    func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> SettledLink? {
        try read { (database) throws(PostgreSQLError) in
            try database.settledLink(hash, for: purpose, at: time)
        }
    }

    func invite(_ id: UUID) throws(AuthError) -> Invite? {
        try read { (database) throws(PostgreSQLError) in try database.invite(id) }
    }

    func invite(codeHash: Digest) throws(AuthError) -> Invite? {
        try read { (database) throws(PostgreSQLError) in try database.invite(codeHash: codeHash) }
    }
}
