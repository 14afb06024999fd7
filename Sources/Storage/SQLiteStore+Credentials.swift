import Auth
import Crypto

extension SQLiteStore {
    func apiKey(_ hash: Digest, now: Timestamp) throws(AuthError) -> APIKey? {
        let ticket: Cache<Digest, APIKey>.Ticket
        switch instance.apiKeys.lookUp(hash) {
        case .hit(let key): return key.isLive(at: now) ? key : nil
        case .miss(let given): ticket = given
        }
        let found = try read { (database) throws(SQLiteError) in
            try database.first(
                "SELECT \(APIKey.columns) FROM api_keys WHERE key_hash = ? AND \(APIKey.isLive)",
                .digest(hash), .time(now), read: APIKey.init)
        }
        guard let found else { return nil }
        instance.apiKeys.fill(hash, with: found, ticket: ticket)
        return found
    }

    func isRedeemable(inviteHash: Digest, now: Timestamp) throws(AuthError) -> Bool {
        try read { (database) throws(SQLiteError) in
            try database.integer(
                "SELECT EXISTS (SELECT 1 FROM invites WHERE \(Invite.isRedeemable))",
                .digest(inviteHash), .time(now)) != 0
        }
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        try read { (database) throws(SQLiteError) in
            try database.linkToken(hash, for: purpose, at: time)
        }
    }
}
