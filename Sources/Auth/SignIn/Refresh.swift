import Crypto

/// A new JWT for an existing session.
public struct Refreshed: Sendable {
    /// The current account.
    public let account: Account
    /// The JWT.
    public let accessToken: String
    /// The remaining lifetime of the session cookie in seconds; nil when the cookie is not to be set
    /// again.
    public let cookieLifetime: Int64?
}

extension SignInService {
    /// By how many seconds a session must be extended at least for its row to be written.
    private static let leastExtension: Int64 = 60

    /// Creates another JWT for the session of a credential; earlier ones stay valid.
    ///
    /// It states the account's current tier and role, and expires no later than the session: services
    /// that verify it check nothing but its times.
    /// - Parameters:
    ///   - credential: The presented credential.
    ///   - cookie: The session cookie in the request, whether or not it is the credential.
    ///   - note: As for `identify`.
    /// - Returns: The JWT; for sliding sessions with the lifetime of the cookie.
    /// - Throws: As `authenticate`; `unavailable`.
    public func refresh(
        _ credential: PresentedCredential?, cookie: ArraySlice<UInt8>?,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Refreshed {
        let caller = try authenticate(credential, for: .person, noting: note)
        guard let session = caller.session else { throw .apiKeyNotAllowed }
        let time = now()
        guard let end = try extend(session, at: time) else {
            // The session ended before it could be extended.
            if case .bearer = credential { throw .invalidToken(.callerEnded) }
            throw .unauthenticated(.callerEnded)
        }
        let issuedAt = time.seconds
        let token = context.accessToken(
            of: caller.account, in: session, from: issuedAt,
            until: min(issuedAt + rules.tokenLifetime, end.seconds))
        let isItsCookie = cookie.flatMap(AuthContext.hash(ofCookie:)) == session.tokenHash
        return Refreshed(
            account: caller.account, accessToken: token,
            cookieLifetime: rules.slidesSessions && isItsCookie
                ? max(0, (end.milliseconds - time.milliseconds) / 1_000) : nil)
    }

    /// Extends a sliding session to its whole lifetime, unless that was done less than a minute ago, and
    /// not beyond its maximum lifetime.
    ///
    /// - Returns: When it ends; nil when it has ended.
    private func extend(_ session: Session, at time: Timestamp) throws(AuthError) -> Timestamp? {
        let end = context.sessionEnd(from: time, begunAt: session.createdAt)
        guard rules.slidesSessions, end >= session.expiresAt.adding(seconds: Self.leastExtension)
        else { return session.expiresAt }
        return try store.write { transaction throws(AuthError) in
            try transaction.extendSession(session.id, until: end) ? end : nil
        }
    }
}
