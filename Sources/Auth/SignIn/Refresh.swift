import Crypto

/// A new JWT for a session that goes on.
public struct Refreshed: Sendable {
    /// The account as it is now.
    public let account: Account
    /// The JWT.
    public let accessToken: String
    /// Seconds for which the cookie of the session is good from now on; nil when it is not to be set
    /// again.
    public let cookieLifetime: Int64?
}

extension SignInService {
    /// How much later a session has to end for its row to be written again.
    private static let leastExtension: Int64 = 60

    /// Makes another JWT for the session of a credential; those it had before stay good.
    ///
    /// It holds the account's present tier and role, and no longer than the session lasts: whoever
    /// verifies it elsewhere looks at nothing but its times.
    /// - Parameters:
    ///   - credential: What the request shows.
    ///   - cookie: The cookie it carries, whether or not that is the credential.
    ///   - note: As for `identify`.
    /// - Returns: The JWT; where sessions slide, with what the cookie needs.
    /// - Throws: As `authenticate`; `unavailable`.
    public func refresh(
        _ credential: PresentedCredential?, cookie: ArraySlice<UInt8>?,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Refreshed {
        let caller = try authenticate(credential, for: .person, noting: note)
        guard let session = caller.session else { throw .apiKeyNotAllowed }
        let time = now()
        guard let end = try extend(session, at: time) else {
            // It ended while it was about to be extended.
            if case .bearer = credential { throw .invalidToken(.callerEnded) }
            throw .unauthenticated(.callerEnded)
        }
        let issuedAt = time.seconds
        let token = context.accessToken(
            of: caller.account, in: session.id, from: issuedAt,
            until: min(issuedAt + rules.tokenLifetime, end.seconds))
        let isItsCookie = cookie.flatMap(AuthContext.hash(ofCookie:)) == session.tokenHash
        return Refreshed(
            account: caller.account, accessToken: token,
            cookieLifetime: rules.slidesSessions && isItsCookie
                ? max(0, (end.milliseconds - time.milliseconds) / 1_000) : nil)
    }

    /// Gives a session a whole lifetime again, where sessions slide, it had that more than a moment
    /// ago, and its longest lifetime is not over before.
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
