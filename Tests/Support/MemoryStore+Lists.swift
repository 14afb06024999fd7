public import Auth
public import Crypto

extension MemoryStore {
    /// See the protocol; fails as the condition requires.
    public func accounts(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account> {
        let (sought, position) = (query.sought, query.cursor(after:))
        let all = try read { memory in
            memory.credentials.map(\.account).filter { account in
                query.admits(account)
                    && (sought.map {
                        SearchTerms.match(
                            $0,
                            in: SearchTerms.of(
                                name: account.name, address: account.email.address))
                    } ?? true)
            }
        }
        let rows = all.sorted { position($0).isListed(before: position($1)) }
            .filter { account in page.after.map { $0.isListed(before: position(account)) } ?? true }
        return Page(Array(rows.prefix(page.limit + 1)), of: page, cursor: position)
    }

    /// See the protocol; fails as the condition requires.
    public func sessions(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<SessionDetails> {
        try list(page, \.session.createdAt, \.session.id) { memory in
            memory.sessions.filter { $0.session.accountID == accountID && $0.isLive(at: now) }
        }.map(\.details)
    }

    /// See the protocol; fails as the condition requires.
    public func apiKey(_ hash: Digest, now: Timestamp) throws(AuthError) -> APIKey? {
        try read { memory in
            memory.apiKeys.first { $0.hash == hash && $0.isLive(at: now) }?.details.key
        }
    }

    /// See the protocol; fails as the condition requires.
    public func apiKeyDetails(_ id: UUID) throws(AuthError) -> APIKeyDetails? {
        try read { memory in memory.apiKeys.first { $0.details.key.id == id }?.details }
    }

    /// See the protocol; fails as the condition requires.
    public func apiKeys(
        of accountID: UUID, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<APIKeyDetails> {
        try list(page, \.details.createdAt, \.details.key.id) { memory in
            memory.apiKeys.filter {
                $0.details.key.accountID == accountID && $0.isLive(at: now)
            }
        }.map(\.details)
    }

    /// See the protocol; fails as the condition requires.
    public func ownedAPIKeys(
        of accountID: UUID?, _ page: PageRequest, now: Timestamp
    ) throws(AuthError) -> Page<OwnedAPIKey> {
        try list(page, \.details.createdAt, \.details.key.id) { memory in
            memory.apiKeys.filter { $0.isLive(at: now) }.compactMap { stored in
                let owner = stored.details.key.accountID
                return memory.credential(owner).flatMap { credential in
                    accountID ?? owner == owner
                        ? OwnedAPIKey(details: stored.details, email: credential.account.email)
                        : nil
                }
            }
        }
    }

    /// See the protocol; fails as the condition requires.
    public func invite(_ id: UUID) throws(AuthError) -> Invite? {
        try read { memory in memory.invites.first { $0.invite.id == id }?.invite }
    }

    /// See the protocol; fails as the condition requires.
    public func openInvites(at time: Timestamp, upTo limit: Int) throws(AuthError) -> Int {
        try read { memory in
            memory.invites.map(\.invite).filter { invite in
                invite.uses < invite.maximumUses && invite.expiresAt > time
            }.prefix(limit).count
        }
    }

    /// See the protocol; fails as the condition requires.
    public func accountCount(
        status: Account.Status?, emailVerified: Bool?, upTo limit: Int
    ) throws(AuthError) -> Int {
        let filter = AccountQuery(status: status, emailVerified: emailVerified)
        return try read { memory in
            memory.credentials.filter { filter.admits($0.account) }.prefix(limit).count
        }
    }

    /// See the protocol; fails as the condition requires.
    public func deadMails(upTo limit: Int) throws(AuthError) -> Int {
        try read { memory in memory.mails.filter(\.isDead).prefix(limit).count }
    }

    /// See the protocol; fails as the condition requires.
    public func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite> {
        try list(page, \.invite.createdAt, \.invite.id) { $0.invites }.map(\.invite)
    }

    /// See the protocol; fails as the condition requires.
    public func invites(
        madeBy accountID: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<Invite> {
        try list(page, \.invite.createdAt, \.invite.id) { memory in
            memory.invites.filter { $0.invite.createdBy == accountID }
        }.map(\.invite)
    }

    /// See the protocol; fails as the condition requires.
    public func lastSeen(of accountIDs: [UUID]) throws(AuthError) -> [UUID: Timestamp] {
        try read { memory in
            Dictionary(
                memory.sessions.filter { accountIDs.contains($0.session.accountID) }
                    .map { ($0.session.accountID, $0.lastUse) }, uniquingKeysWith: max)
        }
    }

    /// See the protocol; fails as the condition requires.
    public func queuedMail(
        _ state: QueuedMail.State?, _ page: PageRequest
    ) throws(AuthError) -> Page<QueuedMail> {
        try list(page, \.mail.createdAt, \.mail.id) { memory in
            memory.mails.filter { state ?? $0.state == $0.state }
        }
    }

    /// See the protocol; fails as the condition requires.
    public func queuedMail(_ id: UUID) throws(AuthError) -> QueuedMail? {
        try read { memory in memory.mails.first { $0.mail.id == id } }
    }

    /// See the protocol; fails as the condition requires.
    public func dueMail(at time: Timestamp) throws(AuthError) -> QueuedMail? {
        try read { memory in
            memory.mails.first { $0.nextAttemptAt.map { $0 <= time } ?? false }
        }
    }

    /// See the protocol; fails as the condition requires.
    public func mailCounts() throws(AuthError) -> MailCounts {
        try read { memory in
            let dead = memory.mails.count(where: \.isDead)
            return MailCounts(waiting: memory.mails.count - dead, dead: dead)
        }
    }

    /// See the protocol; fails as the condition requires.
    public func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken? {
        try read { memory in memory.linkToken(hash, for: purpose, at: time) }
    }

    /// See the protocol; fails as the condition requires.
    public func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> SettledLink? {
        try read { memory in memory.settledLink(hash, for: purpose, at: time) }
    }

    /// See the protocol; fails as the condition requires.
    public func export(of accountID: UUID) throws(AuthError) -> AccountExport? {
        try read { memory in
            guard let account = memory.credential(accountID)?.account else { return nil }
            var own = EventQuery()
            own.account = accountID
            // The newest were added last.
            return AccountExport(
                account,
                sessions: memory.sessions.filter { $0.session.accountID == accountID }.reversed()
                    .map { .init(details: $0.details, endedAt: $0.endedAt) },
                apiKeys: memory.apiKeys.filter { $0.details.key.accountID == accountID }.reversed()
                    .map { .init(details: $0.details, revokedAt: $0.revokedAt) },
                factors: memory.factors(of: accountID),
                trustedBrowsers: memory.trustedBrowsers.filter { $0.accountID == accountID }
                    .sorted { $0.isOlder(than: $1) }.reversed(),
                invites: memory.invites.map(\.invite).filter { $0.createdBy == accountID }
                    .reversed(),
                links: memory.linkTokens.filter { $0.accountID == accountID },
                mails: memory.mails.map(\.mail).filter { $0.accountID == accountID }.reversed(),
                events: memory.audit.events.filter { own.includes($0.event) }.reversed())
        }
    }

    private func list<Item: Sendable>(
        _ page: PageRequest, _ createdAt: KeyPath<Item, Timestamp>, _ id: KeyPath<Item, UUID>,
        _ items: (Memory) -> [Item]
    ) throws(AuthError) -> Page<Item> {
        let place = { (item: Item) in
            Cursor(createdAt: item[keyPath: createdAt], id: item[keyPath: id])
        }
        let all = try read { memory in
            items(memory).map { (item: $0, place: place($0)) }
                .sorted { $0.place.isListed(before: $1.place) }
                .filter { row in page.after.map { $0.isListed(before: row.place) } ?? true }
                .prefix(page.limit + 1).map(\.item)
        }
        return Page(all, of: page, cursor: place)
    }
}

extension StoredSession {
    /// The session with its details.
    var details: SessionDetails {
        SessionDetails(
            session: session, address: client.address, userAgent: client.userAgent,
            lastSeenAt: lastUse)
    }
}

extension Cursor {
    /// Whether a row at this cursor is listed before one at another of the same order.
    func isListed(before other: Cursor) -> Bool {
        let isAscending = sort == .oldest || sort == .name
        let (first, second) = isAscending ? (self, other) : (other, self)
        guard first.key == second.key else { return first.key.isLess(than: second.key) }
        return (first.id.high, first.id.low) < (second.id.high, second.id.low)
    }
}

extension Cursor.Key {
    fileprivate func isLess(than other: Cursor.Key) -> Bool {
        switch (self, other) {
        case (.createdAt(let mine), .createdAt(let theirs)): mine < theirs
        case (.foldedName(let mine), .foldedName(let theirs)):
            mine.utf8.lexicographicallyPrecedes(theirs.utf8)
        default: false
        }
    }
}
