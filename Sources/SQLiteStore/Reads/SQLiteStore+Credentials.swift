import Auth
import Crypto

extension SQLiteStore {
    func apiKey(_ hash: Digest, now: Timestamp) throws(AuthError) -> APIKey? {
        let ticket: Cache<Digest, APIKey>.Ticket
        let period = instance.usePeriod.number(at: now)
        switch instance.apiKeys.lookUp(hash, in: period) {
        case .hit(let key, let isFirst):
            guard key.isLive(at: now) else { return nil }
            if isFirst { instance.activity.note(.apiKey(key.id), at: now) }
            return key
        case .miss(let given): ticket = given
        }
        let found = try read { (database) throws(SQLiteError) in
            try database.first(
                "SELECT \(APIKey.columns) FROM api_keys WHERE key_hash = ? AND \(APIKey.isLive)",
                .digest(hash), .time(now), read: APIKey.init)
        }
        guard let found else { return nil }
        instance.apiKeys.fill(hash, with: found, ticket: ticket, in: period)
        instance.activity.note(.apiKey(found.id), at: now)
        return found
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        try read { (database) throws(SQLiteError) in
            try database.linkToken(hash, for: purpose, at: time)
        }
    }

    func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> SettledLink? {
        try read { (database) throws(SQLiteError) in
            try database.settledLink(hash, for: purpose, at: time)
        }
    }

    func isRedeemable(inviteHash: Digest, now: Timestamp) throws(AuthError) -> Bool {
        try read { (database) throws(SQLiteError) in
            try database.integer(
                "SELECT EXISTS (SELECT 1 FROM invites WHERE \(Invite.isRedeemable))",
                .digest(inviteHash), .time(now)) != 0
        }
    }
}
