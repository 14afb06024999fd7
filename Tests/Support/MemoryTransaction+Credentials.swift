import Auth
import Crypto

/// Sessions, API keys and the tokens of links.
extension MemoryTransaction {
    func insert(_ session: Session, from client: ClientContext) throws(AuthError) {
        guard memory.credential(session.accountID) != nil else {
            throw .unavailable("a session of no account")
        }
        memory.sessions.append(StoredSession(session: session, client: client))
    }

    func session(_ key: Session.Key) throws(AuthError) -> Session? {
        memory.sessions.first { $0.has(key) && $0.isLive(at: now) }?.session
    }

    @discardableResult
    func endSession(_ key: Session.Key, of accountID: UUID?) throws(AuthError) -> Bool {
        endSessions { stored in
            stored.has(key) && stored.session.accountID == accountID ?? stored.session.accountID
        } > 0
    }

    func sessionUses(of accountID: UUID) throws(AuthError) -> [SessionUse] {
        memory.sessions.filter {
            $0.session.accountID == accountID && $0.isLive(at: now)
        }.map { stored in
            let session = stored.session
            return SessionUse(
                id: session.id, createdAt: session.createdAt,
                lastUsedAt: stored.lastSeenAt.map { max($0, session.createdAt) })
        }
    }

    func deletePastSessions(of accountID: UUID, keeping count: Int) throws(AuthError) {
        let own = memory.sessions.filter { $0.session.accountID == accountID }
        let ended = own.filter { $0.endedAt != nil }
            .sorted { ($0.endedAt ?? now) > ($1.endedAt ?? now) }
        let expired = own.filter { $0.endedAt == nil && !$0.isLive(at: now) }
            .sorted { $0.session.createdAt > $1.session.createdAt }
        let removed = Set((ended.dropFirst(count) + expired.dropFirst(count)).map(\.session.id))
        memory.sessions.removeAll { removed.contains($0.session.id) }
    }

    @discardableResult
    func endSessions(of accountID: UUID, except kept: UUID?) throws(AuthError) -> Int {
        endSessions { $0.session.accountID == accountID && $0.session.id != kept }
    }

    func endSessions(
        after id: UUID?, limit: Int
    ) throws(AuthError) -> (live: Int, last: UUID?) {
        let later = memory.sessions.map(\.session.id).filter { each in
            id.map { $0.octets.lexicographicallyPrecedes(each.octets) } ?? true
        }
        let batch = later.sorted { $0.octets.lexicographicallyPrecedes($1.octets) }.prefix(limit)
        return (endSessions { batch.contains($0.session.id) }, batch.last)
    }

    func extendSession(_ id: UUID, until end: Timestamp) throws(AuthError) -> Bool {
        let index = memory.sessions.firstIndex { $0.session.id == id && $0.isLive(at: now) }
        guard let index else { return false }
        let old = memory.sessions[index].session
        memory.sessions[index].session = Session(
            id: old.id, tokenHash: old.tokenHash, accountID: old.accountID,
            createdAt: old.createdAt, expiresAt: max(old.expiresAt, end), methods: old.methods,
            authenticatedAt: old.authenticatedAt, factorAt: old.factorAt)
        return true
    }

    func updateSession(
        _ id: UUID, methods: AuthenticationMethods, authenticatedAt: Timestamp,
        factorAt: Timestamp?
    ) throws(AuthError) {
        let index = memory.sessions.firstIndex { $0.session.id == id && $0.isLive(at: now) }
        guard let index else { return }
        let old = memory.sessions[index].session
        memory.sessions[index].session = Session(
            id: old.id, tokenHash: old.tokenHash, accountID: old.accountID,
            createdAt: old.createdAt, expiresAt: old.expiresAt, methods: methods,
            authenticatedAt: authenticatedAt, factorAt: factorAt)
    }

    func userAgents(of accountID: UUID, limit: Int) throws(AuthError) -> [String?] {
        Array(
            Set(
                memory.sessions.filter { $0.session.accountID == accountID }.suffix(limit)
                    .map(\.client.userAgent)))
    }

    func insert(_ details: APIKeyDetails, hash: Digest) throws(AuthError) {
        guard try apiKeyDetails(details.key.id) == nil else {
            throw .unavailable("a second key of this id")
        }
        memory.apiKeys.append(StoredAPIKey(hash: hash, details: details))
    }

    func apiKeyDetails(_ id: UUID) throws(AuthError) -> APIKeyDetails? {
        memory.apiKeys.first { $0.details.key.id == id }?.details
    }

    func hasAPIKey(_ hash: Digest) throws(AuthError) -> Bool {
        memory.apiKeys.contains { $0.hash == hash }
    }

    func apiKey(_ id: UUID) throws(AuthError) -> APIKey? {
        memory.apiKeys.first { $0.details.key.id == id && $0.isLive(at: now) }?.details.key
    }

    func countAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        memory.apiKeys.count { $0.details.key.accountID == accountID && $0.isLive(at: now) }
    }

    func revokeAPIKey(_ id: UUID, of accountID: UUID?) throws(AuthError) -> Bool {
        let index = memory.apiKeys.firstIndex { stored in
            stored.details.key.id == id && stored.isLive(at: now)
                && stored.details.key.accountID == accountID ?? stored.details.key.accountID
        }
        guard let index else { return false }
        memory.apiKeys[index].revokedAt = now
        return true
    }

    func revokeAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        var count = 0
        for index in memory.apiKeys.indices
        where memory.apiKeys[index].details.key.accountID == accountID
            && memory.apiKeys[index].revokedAt == nil
        {
            count += memory.apiKeys[index].isLive(at: now) ? 1 : 0
            memory.apiKeys[index].revokedAt = now
        }
        return count
    }

    func deletePastAPIKeys(of accountID: UUID, keeping count: Int) throws(AuthError) {
        let own = memory.apiKeys.filter { $0.details.key.accountID == accountID }
        let revoked = own.filter { $0.revokedAt != nil }
            .sorted { ($0.revokedAt ?? now) > ($1.revokedAt ?? now) }
        let expired = own.filter { $0.revokedAt == nil && !$0.isLive(at: now) }
            .sorted { $0.details.createdAt > $1.details.createdAt }
        let removed = Set((revoked.dropFirst(count) + expired.dropFirst(count)).map(\.hash))
        memory.apiKeys.removeAll { removed.contains($0.hash) }
    }

    func insert(_ token: LinkToken) throws(AuthError) {
        guard try linkToken(of: token.accountID, for: token.purpose) == nil else {
            throw .unavailable("a second token of this purpose")
        }
        memory.linkTokens.append(token)
    }

    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken? {
        memory.linkTokens.first { $0.hash == hash && $0.purpose == purpose }
    }

    func linkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken? {
        memory.linkTokens.first { $0.accountID == accountID && $0.purpose == purpose }
    }

    func deleteLinkToken(_ hash: Digest) throws(AuthError) {
        memory.linkTokens.removeAll { $0.hash == hash }
    }

    func deleteLinkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, exceptProving email: Email?
    ) throws(AuthError) {
        memory.linkTokens.removeAll {
            $0.accountID == accountID && $0.purpose == purpose
                && (email == nil || $0.email != email)
        }
    }

    func deleteLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError) {
        memory.linkTokens.removeAll { $0.purpose == purpose }
    }

    func insert(_ settled: SettledLink, of token: LinkToken) throws(AuthError) {
        memory.settledLinks.append((token, settled))
    }
}
