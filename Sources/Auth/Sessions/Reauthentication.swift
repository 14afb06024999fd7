import Crypto

extension Transaction {
    /// Whether a session is live.
    func isLive(_ id: UUID) throws(AuthError) -> Bool { try session(id) != nil }

    /// Records that the person of a live session has authenticated again now.
    ///
    /// - Parameters:
    ///   - id: The session.
    ///   - methods: Added to those by which the session was authenticated before.
    /// - Throws: `unavailable`.
    func noteAuthentication(
        in id: UUID, by methods: AuthenticationMethods
    ) throws(AuthError) {
        guard let session = try session(id) else { return }
        try updateSession(
            id, methods: session.methods.union(methods), authenticatedAt: now,
            factorAt: methods.subtracting(.password).isEmpty ? session.factorAt : now)
    }
}
