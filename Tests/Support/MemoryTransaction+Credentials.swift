import Auth
import Crypto

/// Sessions, API keys and the tokens of links.
extension MemoryTransaction {
    func insert(_ session: Session, from client: ClientContext) throws(AuthError) {
        guard memory.credential(session.accountID) != nil else {
            throw .unavailable("a session of nobody")
        }
        memory.sessions.append(StoredSession(session: session, client: client))
    }

    @discardableResult
    func isLive(_ id: UUID, at time: Timestamp) throws(AuthError) -> Bool {
        memory.sessions.contains { $0.session.id == id && $0.isLive(at: time) }
    }

    func endSession(_ key: Session.Key, at time: Timestamp) throws(AuthError) -> Bool {
        endSessions { $0.has(key) } > 0
    }

    func sessionUses(
        of accountID: UUID, at time: Timestamp
    ) throws(AuthError) -> [SessionUse] {
        memory.sessions.filter {
            $0.session.accountID == accountID && $0.isLive(at: time)
        }.map { stored in
            let session = stored.session
            return SessionUse(
                id: session.id, createdAt: session.createdAt,
                lastUsedAt: stored.lastSeenAt.map { max($0, session.createdAt) })
        }
    }

    func removePastSessions(
        of accountID: UUID, beyond count: Int, at time: Timestamp
    ) throws(AuthError) {
        let own = memory.sessions.filter { $0.session.accountID == accountID }
        let ended = own.filter { $0.endedAt != nil }
            .sorted { ($0.endedAt ?? time) > ($1.endedAt ?? time) }
        let expired = own.filter { $0.endedAt == nil && !$0.isLive(at: time) }
            .sorted { $0.session.createdAt > $1.session.createdAt }
        let removed = Set((ended.dropFirst(count) + expired.dropFirst(count)).map(\.session.id))
        memory.sessions.removeAll { removed.contains($0.session.id) }
    }

    func endSession(_ key: Session.Key, of accountID: UUID) throws(AuthError) -> Bool {
        endSessions {
            $0.has(key) && $0.session.accountID == accountID && $0.isLive(at: now)
        } > 0
    }

    @discardableResult
    func endSessions(of accountID: UUID, except kept: UUID?) throws(AuthError) -> Int {
        endSessions { $0.session.accountID == accountID && $0.session.id != kept }
    }

    func endAllSessions() throws(AuthError) -> Int { endSessions { _ in true } }

    func extendSession(_ id: UUID, until end: Timestamp) throws(AuthError) -> Bool {
        let index = memory.sessions.firstIndex { $0.session.id == id && $0.isLive(at: now) }
        guard let index else { return false }
        let old = memory.sessions[index].session
        memory.sessions[index].session = Session(
            id: old.id, tokenHash: old.tokenHash, accountID: old.accountID,
            createdAt: old.createdAt, expiresAt: max(old.expiresAt, end), methods: old.methods,
            authenticatedAt: old.authenticatedAt)
        return true
    }

    func noteAuthentication(
        in id: UUID, by methods: AuthenticationMethods, at time: Timestamp
    ) throws(AuthError) {
        let index = memory.sessions.firstIndex { $0.session.id == id && $0.isLive(at: now) }
        guard let index else { return }
        let old = memory.sessions[index].session
        memory.sessions[index].session = Session(
            id: old.id, tokenHash: old.tokenHash, accountID: old.accountID,
            createdAt: old.createdAt, expiresAt: old.expiresAt,
            methods: old.methods.union(methods), authenticatedAt: time)
    }

    func userAgents(of accountID: UUID) throws(AuthError) -> [String?] {
        Array(
            Set(
                memory.sessions.filter { $0.session.accountID == accountID }
                    .map(\.client.userAgent)))
    }

    func insert(_ details: APIKeyDetails, hash: Digest) throws(AuthError) {
        memory.apiKeys.append(StoredAPIKey(hash: hash, details: details))
    }

    func removePastAPIKeys(
        of accountID: UUID, beyond count: Int, at time: Timestamp
    ) throws(AuthError) {
        let own = memory.apiKeys.filter { $0.details.key.accountID == accountID }
        let revoked = own.filter { $0.revokedAt != nil }
            .sorted { ($0.revokedAt ?? time) > ($1.revokedAt ?? time) }
        let expired = own.filter { $0.revokedAt == nil && !$0.isLive(at: time) }
            .sorted { $0.details.createdAt > $1.details.createdAt }
        let removed = Set((revoked.dropFirst(count) + expired.dropFirst(count)).map(\.hash))
        memory.apiKeys.removeAll { removed.contains($0.hash) }
    }

    func countAPIKeys(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int {
        memory.apiKeys.count { $0.details.key.accountID == accountID && $0.isLive(at: time) }
    }

    func isLive(apiKey id: UUID, at time: Timestamp) throws(AuthError) -> Bool {
        memory.apiKeys.contains { $0.details.key.id == id && $0.isLive(at: time) }
    }

    private func endInvites(madeWith key: UUID, at time: Timestamp) {
        for index in memory.invites.indices where memory.invites[index].invite.keyID == key {
            memory.invites[index].invite.expiresAt = min(
                memory.invites[index].invite.expiresAt, time)
        }
    }

    func revokeAPIKey(
        _ id: UUID, of accountID: UUID?, at time: Timestamp
    ) throws(AuthError) -> Bool {
        let index = memory.apiKeys.firstIndex { stored in
            stored.details.key.id == id && stored.isLive(at: time)
                && stored.details.key.accountID == accountID ?? stored.details.key.accountID
        }
        guard let index else { return false }
        memory.apiKeys[index].revokedAt = time
        endInvites(madeWith: id, at: time)
        return true
    }

    @discardableResult
    func revokeAPIKeys(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int {
        var count = 0
        for index in memory.apiKeys.indices
        where memory.apiKeys[index].details.key.accountID == accountID
            && memory.apiKeys[index].revokedAt == nil
        {
            count += memory.apiKeys[index].isLive(at: time) ? 1 : 0
            memory.apiKeys[index].revokedAt = time
            endInvites(madeWith: memory.apiKeys[index].details.key.id, at: time)
        }
        return count
    }

    func insert(_ token: LinkToken) throws(AuthError) {
        try removeLinkTokens(of: token.accountID, for: [token.purpose])
        memory.linkTokens.append(token)
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        memory.linkToken(hash, for: purpose, at: time)
    }

    func linkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        memory.linkTokens.first {
            $0.accountID == accountID && $0.purpose == purpose && $0.expiresAt > time
        }
    }

    func settle(
        _ token: LinkToken, as outcome: SettledLink.Outcome, at time: Timestamp
    ) throws(AuthError) {
        memory.linkTokens.removeAll { $0.hash == token.hash }
        memory.settledLinks.append((token, SettledLink(outcome, at: time)))
    }

    func removeLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError) {
        memory.linkTokens.removeAll { $0.purpose == purpose }
    }

    func removeLinkTokens(
        of accountID: UUID, for purposes: [LinkToken.Purpose]
    ) throws(AuthError) {
        memory.linkTokens.removeAll { $0.accountID == accountID && purposes.contains($0.purpose) }
    }
}
