import Crypto

/// What a client showed to say who it is.
public enum PresentedCredential: Sendable {
    /// A JWT or an API key, from `Authorization: Bearer`.
    case bearer(ArraySlice<UInt8>)
    /// The value of the session cookie.
    case cookie(ArraySlice<UInt8>)
    /// Session cookies that differ: one of them was planted, and none is used.
    case differingCookies
}

/// Who is asking: an account as it is now, and by what it was recognised.
public struct Caller: Sendable {
    /// The account.
    public let record: AccountRecord
    /// By what it was recognised.
    public let means: AuthenticationMethod

    /// The account.
    public var account: Account { record.account }

    /// The session, unless the caller is a program with an API key.
    public var session: Session? {
        guard case .session(let session) = means else { return nil }
        return session
    }

    /// By what a caller is recognised.
    public enum AuthenticationMethod: Sendable {
        /// A live session, from a JWT or a cookie.
        case session(Session)
        /// A live API key.
        case apiKey(APIKey)
    }
}

extension SignInService {
    /// Finds out who is asking, whatever the status of the account, and counts the request against
    /// the limit of its tier.
    ///
    /// Role and tier are always the account's, never the claim's.
    /// - Parameters:
    ///   - credential: What the request shows.
    ///   - access: What it is about to do: what an API key may not do is refused.
    ///   - note: Told what the account may still do, where the request counts, refused or not.
    /// - Returns: The caller.
    /// - Throws: `unauthenticated` without a good cookie, `invalidToken` or `tokenExpired` for a bad
    ///   JWT or key; `tooManyRequests`; `apiKeyNotAllowed`, `insufficientScope`; `notInMemory`,
    ///   `unavailable`.
    public func identify(
        _ credential: PresentedCredential?, for access: Access,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Caller {
        switch credential {
        case .bearer(let token) where APIKeyText.isMeant(by: token):
            let (record, key) = try owner(ofKey: token)
            let caller = Caller(record: record, means: .apiKey(key))
            try count(caller, noting: note)
            try key.require(access)
            return caller
        case .bearer(let token):
            let caller = try caller(bearing: token)
            try count(caller, noting: note)
            return caller
        case .cookie(let token):
            guard let hash = AuthContext.hash(ofCookie: token) else {
                throw .unauthenticated(.cookieMalformed)
            }
            let caller = try caller(
                .tokenHash(hash), subject: nil, at: now(), orThrow: AuthError.unauthenticated)
            try count(caller, noting: note)
            return caller
        case .differingCookies: throw .unauthenticated(.cookiesDiffer)
        case nil: throw .unauthenticated(.noCredential)
        }
    }

    /// Finds out who is asking, and that the account may be used.
    ///
    /// - Parameters:
    ///   - credential: What the request shows.
    ///   - access: What it is about to do.
    ///   - note: As for `identify`.
    /// - Returns: The caller.
    /// - Throws: As `identify`; `pendingApproval` while the account waits, `emailUnverified` while its
    ///   address has to be confirmed and is not.
    public func authenticate(
        _ credential: PresentedCredential?, for access: Access,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Caller {
        let caller = try identify(credential, for: access, noting: note)
        guard caller.account.status == .active else { throw .pendingApproval }
        guard !store.state.settings.requiresEmailVerification(caller.account) else {
            throw .emailUnverified
        }
        return caller
    }

    /// Finds out who is asking, and that it administers the server.
    ///
    /// - Parameters:
    ///   - credential: What the request shows.
    ///   - access: What it is about to do.
    ///   - note: As for `identify`.
    /// - Returns: The owner or an administrator.
    /// - Throws: As `authenticate`; `forbidden` for everybody else.
    public func authenticateAdministrator(
        _ credential: PresentedCredential?, for access: Access,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Caller {
        let caller = try authenticate(credential, for: access, noting: note)
        guard caller.account.role.administers else { throw .forbidden(.notAdministrator) }
        return caller
    }

    private func caller(bearing token: ArraySlice<UInt8>) throws(AuthError) -> Caller {
        let claims: Claims
        let time = now()
        do throws(TokenError) {
            claims = try tokens.verify(token, now: time.seconds)
        } catch .expired {
            throw .tokenExpired
        } catch {
            throw .invalidToken(error.reason)
        }
        return try caller(
            .id(claims.sessionID), subject: claims.subject, at: time,
            orThrow: AuthError.invalidToken)
    }

    /// A live API key and whose it is.
    ///
    /// - Throws: `invalidToken` when it is none, or when the account is gone or disabled.
    private func owner(
        ofKey token: ArraySlice<UInt8>
    ) throws(AuthError) -> (AccountRecord, APIKey) {
        guard let hash = APIKeyText.hash(of: token) else { throw .invalidToken(.apiKeyMalformed) }
        guard let key = try store.apiKey(hash, now: now()) else {
            throw .invalidToken(.apiKeyUnknown)
        }
        return (try usable(key.accountID, orThrow: AuthError.invalidToken), key)
    }

    /// An account that its credentials are good for.
    private func usable(
        _ id: UUID, orThrow refusal: (Reason) -> AuthError
    ) throws(AuthError) -> AccountRecord {
        guard let record = try store.account(id) else { throw refusal(.accountGone) }
        context.journal.account = id
        guard record.account.status != .disabled else { throw refusal(.accountDisabled) }
        return record
    }

    /// Counts a request of a caller against the limit of its tier.
    private func count(
        _ caller: borrowing Caller, noting note: (Allowance) -> Void
    ) throws(AuthError) {
        guard let allowance = throttle.count(caller) else { return }
        note(allowance)
        if let seconds = allowance.retryAfter {
            throw .tooManyRequests(retryAfter: seconds, limit: .tiers)
        }
    }

    /// The caller behind a live session.
    ///
    /// - Throws: The refusal when there is none, when it belongs to somebody else than the token says,
    ///   or when the account is gone or disabled.
    private func caller(
        _ key: Session.Key, subject: UUID?, at time: Timestamp,
        orThrow refusal: (Reason) -> AuthError
    ) throws(AuthError) -> Caller {
        guard let session = try store.session(key, now: time) else {
            throw refusal(subject == nil ? .unknownSession : .sessionEnded)
        }
        guard subject == nil || subject == session.accountID else {
            throw refusal(.sessionOfAnother)
        }
        let record = try usable(session.accountID, orThrow: refusal)
        return Caller(record: record, means: .session(session))
    }
}

extension AuthContext {
    /// The key under which the session of a credential is found; nil when it shows no good one.
    func sessionKey(_ credential: PresentedCredential) -> Session.Key? {
        switch credential {
        case .bearer(let token):
            return (try? tokens.verify(token, now: now().seconds)).map { .id($0.sessionID) }
        case .cookie(let token):
            return Self.hash(ofCookie: token).map(Session.Key.tokenHash)
        case .differingCookies: return nil
        }
    }

    /// The hash under which the session of a cookie is stored; nil when it is the cookie of none.
    static func hash(ofCookie token: ArraySlice<UInt8>) -> Digest? {
        Base64URL.decodeDigest(token.span).map { secret in secret.withBytes(SHA256.digest) }
    }
}

extension TokenError {
    /// What the log says about a token that is refused.
    fileprivate var reason: Reason {
        switch self {
        case .malformed: .tokenMalformed
        case .unknownKey: .tokenKeyUnknown
        case .badSignature: .tokenSignature
        case .badClaims: .tokenClaims
        case .notYetValid: .tokenNotYetValid
        case .expired: .tokenExpired
        }
    }
}

extension Settings {
    /// Whether an account has to confirm its address before it may do anything; owner and
    /// administrators are never kept out.
    func requiresEmailVerification(_ account: Account) -> Bool {
        requireEmailVerification && account.emailVerifiedAt == nil && !account.role.administers
    }
}
