public import Crypto

/// What administrators see and revoke of the sessions, API keys and invites of other accounts.
extension AdministrationService {
    /// The live sessions of an account, newest first; a page may have fewer than requested.
    ///
    /// - Throws: `notFound`; `unavailable`.
    public func sessions(
        of id: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<SessionDetails> {
        _ = try user(id)
        return try context.liveSessions(of: id, page)
    }

    /// The live API keys of an account, newest first.
    ///
    /// - Throws: `notFound`; `unavailable`.
    public func apiKeys(
        of id: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<APIKeyDetails> {
        _ = try user(id)
        return try store.apiKeys(of: id, page, now: now())
    }

    /// The invites that an account created, newest first.
    ///
    /// - Throws: `notFound`; `unavailable`.
    public func invites(
        madeBy id: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<Invite> {
        _ = try user(id)
        return try store.invites(madeBy: id, page)
    }

    /// When accounts were last used in a session, live or past; uses of the last seconds may be missing.
    ///
    /// - Parameter ids: The accounts, as many as a page of a list has.
    /// - Returns: The latest use of each; accounts without a session that is kept are absent.
    /// - Throws: `unavailable`.
    public func lastSeen(of ids: [UUID]) throws(AuthError) -> [UUID: Timestamp] {
        try store.lastSeen(of: ids)
    }

    /// Ends one session of an account.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - id: The account.
    ///   - administrator: Who ends it.
    /// - Throws: `notFound`, also when it is not live or belongs to another account; otherwise as
    ///   `endSessions`.
    public func endSession(
        _ session: UUID, of id: UUID, by administrator: Administrator
    ) throws(AuthError) {
        try store.write { transaction throws(AuthError) in
            try transaction.requireRevoking(from: id, by: administrator)
            guard try transaction.endSession(.id(session), of: id, because: .request) else {
                throw .notFound
            }
        }
        note("session", of: id, "\(session)", became: "ended", by: administrator)
    }

    /// Ends all sessions of an account, the administrator's own ones too if it is theirs, and its trust in all
    /// browsers.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - administrator: Who ends them.
    /// - Returns: The number of ended sessions.
    /// - Throws: `notFound`; `apiKeyNotAllowed` unless in person; `forbidden` for the owner and
    ///   administrators unless requested by the owner or by the account itself; `unauthenticated`,
    ///   `forbidden` when the requester is no longer an administrator; `unavailable`.
    public func endSessions(
        of id: UUID, by administrator: Administrator
    ) throws(AuthError) -> Int {
        let count = try store.write { transaction throws(AuthError) in
            try transaction.requireRevoking(from: id, by: administrator)
            try transaction.endTrust(of: id)
            return try transaction.endSessions(of: id, except: nil, because: .request)
        }
        if count > 0 { note("sessions", of: id, "\(count)", became: "ended", by: administrator) }
        return count
    }

    /// Revokes an API key of an account, and the invites that it created.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - id: The account.
    ///   - administrator: Who revokes it.
    /// - Throws: `notFound`, also when it is not live or belongs to another account; otherwise as
    ///   `endSessions`.
    public func revokeAPIKey(
        _ key: UUID, of id: UUID, by administrator: Administrator
    ) throws(AuthError) {
        try store.write { transaction throws(AuthError) in
            try transaction.requireRevoking(from: id, by: administrator)
            guard try transaction.endAPIKey(key, of: id) else { throw .notFound }
        }
        note("apiKey", of: id, "\(key)", became: "revoked", by: administrator)
    }

    /// Revokes all API keys of an account, and the invites that they created.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - administrator: Who revokes them.
    /// - Returns: The number of revoked keys.
    /// - Throws: As `endSessions`.
    public func revokeAPIKeys(
        of id: UUID, by administrator: Administrator
    ) throws(AuthError) -> Int {
        let count = try store.write { transaction throws(AuthError) in
            try transaction.requireRevoking(from: id, by: administrator)
            return try transaction.endAPIKeys(of: id)
        }
        if count > 0 { note("apiKeys", of: id, "\(count)", became: "revoked", by: administrator) }
        return count
    }

    private func note(
        _ name: String, of id: UUID, _ old: String, became new: String,
        by administrator: Administrator
    ) {
        context.journal.changes.append(
            AdministrativeChange(
                name: name, account: id, old: old, new: new, author: administrator.author))
    }
}

extension Transaction {
    /// Refuses an administrator who may not revoke credentials of an account.
    ///
    /// - Throws: `notFound`; as `AdminPermission.of`, `requirePower` and `requirePerson`.
    fileprivate func requireRevoking(
        from id: UUID, by administrator: Administrator
    ) throws(AuthError) {
        try AdminPermission.of(administrator, in: self).requirePerson()
        _ = try account(id, inPowerOf: administrator)
    }
}
