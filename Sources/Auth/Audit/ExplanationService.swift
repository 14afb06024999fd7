import Crypto

/// Why requests were refused.
///
/// Confined to one thread.
public struct ExplanationService: Service {
    let context: AuthContext
}

extension ExplanationService {
    /// The most events of one moment that are looked through.
    private static let limit = 100

    /// Why a request was refused.
    ///
    /// - Parameter facts: What its refusal kept.
    /// - Returns: What decided, as far as the server still knows it.
    /// - Throws: `unavailable`.
    public func explanation(of facts: RefusalFacts) throws(AuthError) -> Explanation {
        switch facts.reason {
        case .sessionEnded, .unknownSession, .callerEnded:
            return try endOfSession(facts)
        case .apiKeyUnknown:
            return try endOfAPIKey(facts)
        case .accountGone:
            return try latest(.userDeleted, of: owner(facts), before: facts.time)
        case .accountDisabled:
            return try latest(.userDisabled, of: owner(facts), before: facts.time)
        case .passwordChanged:
            return try latest(.passwordChanged, of: owner(facts), before: facts.time)
        case .alreadySetUp:
            return try latest(.setupCompleted, before: facts.time)
        case .tokenKeyUnknown:
            return try latest(.secretRotated, before: facts.time)
        case .tokenExpired:
            guard case .token(_, _, _, let end) = facts.credential else { return .reasonAlone }
            return .expired(.token, at: end)
        case .tokenNotYetValid:
            return clock(facts)
        default:
            guard let seconds = facts.retryAfter, seconds > 1 else { return .reasonAlone }
            return .limited(until: facts.time.adding(seconds: Int64(seconds)))
        }
    }

    /// How far the clock that issued a token is ahead, if that is why it was refused.
    private func clock(_ facts: RefusalFacts) -> Explanation {
        guard case .token(_, _, let issued?, _) = facts.credential, issued > facts.time else {
            return .reasonAlone
        }
        return .clockAhead(seconds: issued.seconds - facts.time.seconds)
    }

    /// Whose credential was refused; nil where nothing is kept of it.
    private func owner(_ facts: RefusalFacts) throws(AuthError) -> UUID? {
        if let account = facts.account { return account }
        return switch facts.credential {
        case .apiKey(let hash): try store.pastAPIKey(hash)?.accountID
        case .cookie(let hash): try store.pastSession(.tokenHash(hash))?.accountID
        case .token(_, let account, _, _): account
        case nil: nil
        }
    }

    private func endOfSession(_ facts: RefusalFacts) throws(AuthError) -> Explanation {
        guard let key = facts.credential?.session else { return .reasonAlone }
        guard let past = try store.pastSession(key) else {
            // The sessions of a deleted account are deleted with it.
            let deletion = try latest(.userDeleted, of: facts.account, before: facts.time)
            return deletion == .reasonAlone ? .unknown(.session) : deletion
        }
        return try end(of: past, .session, facts) ?? .unused
    }

    private func endOfAPIKey(_ facts: RefusalFacts) throws(AuthError) -> Explanation {
        guard case .apiKey(let hash) = facts.credential else { return .reasonAlone }
        guard let past = try store.pastAPIKey(hash) else { return .unknown(.apiKey) }
        return try end(of: past, .apiKey, facts) ?? .reasonAlone
    }

    /// What ended a credential; nil when by the time of the refusal nothing had.
    private func end(
        of past: PastCredential, _ kind: CredentialKind, _ facts: RefusalFacts
    ) throws(AuthError) -> Explanation? {
        if let time = past.endedAt, time <= facts.time {
            if let event = try cause(of: past, at: time) { return try .event(named(event)) }
            return .ended(kind, at: time)
        }
        if let time = past.expiresAt, time <= facts.time { return .expired(kind, at: time) }
        return nil
    }

    /// The event of the transaction in which a credential was ended: all of them have its time.
    private func cause(
        of past: PastCredential, at time: Timestamp
    ) throws(AuthError) -> Event? {
        var query = EventQuery()
        query.since = time
        query.until = Timestamp(milliseconds: time.milliseconds + 1)
        query.account = past.accountID
        let events = try store.events(query, before: nil, limit: Self.limit).map(\.event)
        for kind in Self.endings {
            let cause = events.first { event in
                event.kind == kind && event.subject == past.accountID
                    && (event.object == past.id || !kind.isOfObject)
            }
            if let cause { return cause }
        }
        // What ends the sessions of all accounts is about none of them.
        query.account = nil
        for kind in [EventKind.sessionsEnded, .backupRestored] {
            query.kind = kind
            let event = try store.events(query, before: nil, limit: Self.limit).map(\.event)
                .first { $0.subject == nil }
            if let event { return event }
        }
        return nil
    }

    /// What ends sessions and keys, the cause before what it led to.
    private static let endings: [EventKind] = [
        .userDeleted, .userDeclined, .userDisabled, .passwordReset, .passwordChanged,
        .passwordRemoved, .emailRejected, .emailChanged, .factorsReset, .factorAdded,
        .factorRemoved, .ownershipTransferred, .userRoleChanged, .apiKeyRevoked, .sessionsEnded,
        .sessionEnded,
    ]

    /// The latest event of a kind before a refusal, about one account.
    private func latest(
        _ kind: EventKind, of account: UUID?, before time: Timestamp
    ) throws(AuthError) -> Explanation {
        guard let account else { return .reasonAlone }
        return try latest(kind, before: time, about: account)
    }

    /// The latest event of a kind before a refusal; without an account, one about the server.
    private func latest(
        _ kind: EventKind, before time: Timestamp, about account: UUID? = nil
    ) throws(AuthError) -> Explanation {
        var query = EventQuery()
        query.kind = kind
        query.account = account
        query.until = Timestamp(milliseconds: time.milliseconds + 1)
        let events = try store.events(query, before: nil, limit: Self.limit)
        let event = events.first { account == nil || $0.event.subject == account }?.event
        return try event.map { (event) throws(AuthError) in .event(try named(event)) }
            ?? .reasonAlone
    }

    /// An event, with the email of who acted.
    private func named(_ event: Event) throws(AuthError) -> DecisiveEvent {
        let actor = try event.actor.account.flatMap { (id) throws(AuthError) in
            try store.account(id)
        }
        return DecisiveEvent(event, actorEmail: actor?.account.email)
    }
}

extension EventKind {
    /// Whether an event of this kind is about one session or key alone.
    fileprivate var isOfObject: Bool { self == .sessionEnded || self == .apiKeyRevoked }
}
