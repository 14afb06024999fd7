import Crypto

/// The credential that a client presents.
public enum PresentedCredential: Sendable {
    /// A JWT or an API key, from `Authorization: Bearer`.
    case bearer(ArraySlice<UInt8>)
    /// The value of the session cookie.
    case cookie(ArraySlice<UInt8>)
    /// Different session cookies: one of them was planted, and none is used.
    case differingCookies
}

/// An authenticated caller: the current account, and how it was identified.
public struct Caller: Sendable {
    /// The account.
    public let record: AccountRecord
    /// How it was identified.
    public let means: AuthenticationMethod

    /// The account.
    public var account: Account { record.account }

    /// The session; nil for a program with an API key.
    public var session: Session? {
        guard case .session(let session) = means else { return nil }
        return session
    }

    /// How a caller was identified.
    public enum AuthenticationMethod: Sendable {
        /// A live session, from a JWT or a cookie.
        case session(Session)
        /// A live API key.
        case apiKey(APIKey)
    }
}

extension SignInService {
    /// Identifies the caller, whatever the status of the account, and counts the request against the
    /// limit of its tier.
    ///
    /// Role and tier always come from the account, never from the claims.
    /// - Parameters:
    ///   - credential: The presented credential.
    ///   - access: What the request does: access that an API key does not have is refused.
    ///   - note: Receives what the account has left, if the request counts, refused or not.
    /// - Returns: The caller.
    /// - Throws: `unauthenticated` without a valid cookie, `invalidToken` or `tokenExpired` for an invalid
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

    /// Identifies the caller, whose account has to be usable.
    ///
    /// - Parameters:
    ///   - credential: The presented credential.
    ///   - access: What the request does.
    ///   - note: As for `identify`.
    /// - Returns: The caller.
    /// - Throws: As `identify`; `pendingApproval` while the account waits for approval, `emailUnverified`
    ///   while its address has to be confirmed and is not.
    public func authenticate(
        _ credential: PresentedCredential?, for access: Access,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Caller {
        let caller = try identify(credential, for: access, noting: note)
        try requireUsable(caller.account)
        return caller
    }

    /// Requires that an account may be used.
    ///
    /// - Throws: `pendingApproval` while it waits for approval, `emailUnverified` while its address has to be
    ///   confirmed and is not.
    public func requireUsable(_ account: Account) throws(AuthError) {
        guard account.status == .active else { throw .pendingApproval }
        guard !account.mustConfirmEmail(under: store.state.settings) else {
            throw .emailUnverified
        }
    }

    /// Identifies the caller, who has to administer the server.
    ///
    /// - Parameters:
    ///   - credential: The presented credential.
    ///   - access: What the request does.
    ///   - note: As for `identify`.
    /// - Returns: The owner or an administrator.
    /// - Throws: As `authenticate`; `forbidden` for other roles.
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

    /// A live API key and its account.
    ///
    /// - Throws: `invalidToken` when it is not live, or the account is deleted or disabled.
    private func owner(
        ofKey token: ArraySlice<UInt8>
    ) throws(AuthError) -> (AccountRecord, APIKey) {
        guard let hash = APIKeyText.hash(of: token) else { throw .invalidToken(.apiKeyMalformed) }
        guard let key = try store.apiKey(hash, now: now()) else {
            throw .invalidToken(.apiKeyUnknown)
        }
        return (try usable(key.accountID, orThrow: AuthError.invalidToken), key)
    }

    /// An account whose credentials are accepted.
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

    /// The caller of a live session.
    ///
    /// - Throws: The refusal when there is none, when it belongs to another account than the token says,
    ///   or when the account is deleted or disabled.
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
    /// The key of a credential's session; nil when the credential is not valid.
    func sessionKey(_ credential: PresentedCredential) -> Session.Key? {
        switch credential {
        case .bearer(let token):
            return (try? tokens.verify(token, now: now().seconds)).map { .id($0.sessionID) }
        case .cookie(let token):
            return Self.hash(ofCookie: token).map(Session.Key.tokenHash)
        case .differingCookies: return nil
        }
    }

    /// The hash under which a cookie's session is stored; nil for a malformed cookie.
    static func hash(ofCookie token: ArraySlice<UInt8>) -> Digest? {
        Base64URL.decodeDigest(token.span).map { secret in secret.withBytes(SHA256.digest) }
    }
}

extension TokenError {
    /// The reason for the log that a token is refused.
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

extension Account {
    /// Whether it has to confirm its address before it may do anything; owner and administrators are exempt.
    ///
    /// - Parameter settings: Evaluated only where they decide.
    /// - Returns: Whether it has to.
    public func mustConfirmEmail(under settings: @autoclosure () -> Settings) -> Bool {
        emailVerifiedAt == nil && !role.administers && settings().requireEmailVerification
    }
}
