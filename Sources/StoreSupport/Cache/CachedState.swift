package import Auth
import Bytes
package import Crypto
import Synchronization

/// What a store keeps in memory: the state of the instance, live sessions, accounts and API keys, and
/// the uses that are not written down yet.
///
/// Shared by all threads. A store calls `apply` after a commit and before it answers the caller: then no
/// thread sees an older value.
package final class CachedState: Sendable {
    /// The uses that are not written down yet.
    package let activity: Activity
    /// How long a session may go unused; nil for as long as it lasts.
    package let idleLimit: IdleLimit?

    /// Live sessions, each under the key it was looked up by.
    private let sessions: Cache<CachedSession>
    private let accounts: Cache<AccountRecord>
    private let apiKeys: Cache<CachedAPIKey>
    private let usePeriod: UsePeriod
    private let freshness: Freshness?
    private let snapshot: Mutex<InstanceState>
    private let observers: Observers

    /// What is done outside the store when something was committed.
    package struct Observers: Sendable {
        /// Makes the public form of an account, once for each that is cached.
        package var profile: @Sendable (Account) -> [UInt8]
        /// Called when a mail became due; must return soon.
        package var onMail: @Sendable () -> Void
        /// Counts failed logins; nil where no server runs.
        package var failedLogins: FailedLogins?

        /// Observers of one store.
        package init(
            profile: @escaping @Sendable (Account) -> [UInt8],
            onMail: @escaping @Sendable () -> Void, failedLogins: FailedLogins?
        ) {
            self.profile = profile
            self.onMail = onMail
            self.failedLogins = failedLogins
        }
    }

    /// The state at the start; the caches are empty.
    ///
    /// - Parameters:
    ///   - state: What the database says.
    ///   - cacheBytes: What sessions, accounts and API keys may occupy; a session used by cookie and by JWT is
    ///     there twice.
    ///   - idleLimit: How long a session may go unused.
    ///   - observers: What is done outside the store.
    ///   - freshness: Until when sessions, accounts and API keys in memory may answer; nil for always, where
    ///     nothing changes them but this store.
    package init(
        _ state: InstanceState, cacheBytes: Int, idleLimit: IdleLimit?,
        observers: Observers, freshness: Freshness? = nil
    ) {
        self.freshness = freshness
        self.idleLimit = idleLimit
        self.observers = observers
        usePeriod = UsePeriod(seconds: idleLimit?.period ?? IdleLimit.standardPeriod)
        activity = Activity(usePeriod)
        // As many accounts as sessions, of which each has one.
        sessions = Cache(maximumBytes: cacheBytes / 100 * 20)
        accounts = Cache(maximumBytes: cacheBytes / 100 * 78)
        apiKeys = Cache(maximumBytes: cacheBytes / 100 * 2)
        snapshot = Mutex(state)
    }

    /// What the server knows about itself.
    package var state: InstanceState { snapshot.withLock { $0 } }

    /// The session of a key, if it is live at `now` and not unused for too long; notes its use.
    ///
    /// - Parameters:
    ///   - key: Its key.
    ///   - now: The present time.
    ///   - fetch: Reads a session that was not ended; called on a miss.
    /// - Returns: The session; nil when there is none.
    /// - Throws: What `fetch` throws.
    package func session(
        _ key: Session.Key, now: Timestamp,
        fetch: () throws(AuthError) -> SessionDetails?
    ) throws(AuthError) -> Session? {
        let period = usePeriod.number(at: now)
        let latestUseOfEnded = idleLimit?.latestUseOfEnded(at: now)
        let ticket: Cache<CachedSession>.Ticket
        switch isCurrent
            ? sessions.lookUp(
                key, in: period, usedAfter: latestUseOfEnded.map(usePeriod.number(at:)))
            : .miss(sessions.ticket(for: key))
        {
        case .hit(let cached, let isFirst):
            let session = cached.session
            guard session.expiresAt > now else { return nil }
            if isFirst { activity.note(.session(session.id), at: now) }
            return session
        case .miss(let given): ticket = given
        }
        guard let found = try fetch(), found.session.expiresAt > now else { return nil }
        if let latestUseOfEnded, lastUse(of: found) <= latestUseOfEnded { return nil }
        sessions.fill(
            with: CachedSession(found.session, under: key), ticket: ticket, in: period)
        activity.note(.session(found.session.id), at: now)
        return found.session
    }

    /// When a session was last used, whether or not that is written down yet.
    package func lastUse(of details: SessionDetails) -> Timestamp {
        guard let use = activity.lastUse(of: .session(details.session.id)) else {
            return details.lastSeenAt
        }
        return max(use, details.lastSeenAt)
    }

    /// The account of an id.
    ///
    /// - Parameters:
    ///   - id: Its id.
    ///   - fetch: Reads it; called on a miss.
    /// - Returns: The account with its public form; nil when there is none.
    /// - Throws: What `fetch` throws.
    package func account(
        _ id: UUID, fetch: () throws(AuthError) -> Account?
    ) throws(AuthError) -> AccountRecord? {
        let ticket: Cache<AccountRecord>.Ticket
        switch isCurrent ? accounts.lookUp(id) : .miss(accounts.ticket(for: id)) {
        case .hit(let record, _): return record
        case .miss(let given): ticket = given
        }
        guard let found = try fetch() else { return nil }
        // Copied: the room in which it was written stays behind.
        let profile = [UInt8](copying: observers.profile(found).span)
        let record = AccountRecord(account: found, profile: profile)
        accounts.fill(with: record, ticket: ticket)
        return record
    }

    /// The API key of a hash, if it is live at `now`; notes its use.
    ///
    /// - Parameters:
    ///   - hash: SHA-256 of its text.
    ///   - now: The present time.
    ///   - fetch: Reads a live key; called on a miss.
    /// - Returns: The key; nil when there is none.
    /// - Throws: What `fetch` throws.
    package func apiKey(
        _ hash: Digest, now: Timestamp, fetch: () throws(AuthError) -> APIKey?
    ) throws(AuthError) -> APIKey? {
        let period = usePeriod.number(at: now)
        let ticket: Cache<CachedAPIKey>.Ticket
        switch isCurrent
            ? apiKeys.lookUp(hash, in: period) : .miss(apiKeys.ticket(for: hash))
        {
        case .hit(let found, let isFirst):
            guard found.key.isLive(at: now) else { return nil }
            if isFirst { activity.note(.apiKey(found.key.id), at: now) }
            return found.key
        case .miss(let given): ticket = given
        }
        guard let found = try fetch() else { return nil }
        apiKeys.fill(with: CachedAPIKey(hash: hash, key: found), ticket: ticket, in: period)
        activity.note(.apiKey(found.id), at: now)
        return found
    }

    /// Whether what is cached may answer; if not, it is fetched as if it were not there.
    private var isCurrent: Bool { freshness?.isCurrent ?? true }

    /// Drops what a commit made stale, and tells the observers.
    package func apply(_ changes: Changes) {
        snapshot.withLock { state in
            state.settings = changes.settings ?? state.settings
            state.hasOwner = changes.hasOwner ?? state.hasOwner
        }
        if changes.endsAllSessions { sessions.invalidateAll() }
        for key in changes.sessions { sessions.invalidate(key) }
        for id in changes.accounts { accounts.invalidate(id) }
        for hash in changes.apiKeys { apiKeys.invalidate(hash) }
        for email in changes.unlocked { observers.failedLogins?.clear(at: email) }
        if changes.hasMail { observers.onMail() }
    }

    /// Changes what the server knows about itself; the caches stay.
    package func change(_ body: (inout InstanceState) -> Void) {
        snapshot.withLock { body(&$0) }
    }

    /// Drops everything that is cached: another process wrote, or another database is in use.
    package func invalidateAll() {
        sessions.invalidateAll()
        accounts.invalidateAll()
        apiKeys.invalidateAll()
    }
}
