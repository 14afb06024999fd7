import Crypto

extension Transaction {
    /// Whether a session is live.
    func isLive(_ id: UUID) throws(AuthError) -> Bool { try session(id) != nil }

    /// Records that the person of a live session has authenticated again now.
    ///
    /// The password alone says nothing new about the holder of an account with a second factor.
    /// - Parameters:
    ///   - id: The session.
    ///   - methods: Added to those by which the session was authenticated before.
    /// - Returns: The session as it is now; nil when it is not live.
    /// - Throws: `unavailable`.
    @discardableResult
    func noteAuthentication(
        in id: UUID, by methods: AuthenticationMethods
    ) throws(AuthError) -> Session? {
        guard let session = try session(id) else { return nil }
        let hasFactor = !methods.subtracting(.password).isEmpty
        let factors = try secondFactors(of: session.accountID)
        guard hasFactor || !factors.isEnrolled else { return session }
        try updateSession(
            id, methods: session.methods.union(methods), authenticatedAt: now,
            factorAt: hasFactor ? now : session.factorAt)
        return try self.session(id)
    }
}
