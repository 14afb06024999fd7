extension AuthService {
    /// Ends the sessions that these credentials show; those that are not live are left alone.
    ///
    /// - Throws: `apiKeyNotAllowed` when one is an API key, which has no session to end; `unavailable`.
    public func logout(_ credentials: [PresentedCredential]) throws(AuthError) {
        for case .bearer(let token) in credentials where APIKeyText.isMeant(by: token) {
            throw .apiKeyNotAllowed
        }
        let time = now()
        var live: [Session.Key] = []
        for key in credentials.compactMap(sessionKey) where try store.session(key, now: time) != nil
        {
            live.append(key)
        }
        guard !live.isEmpty else { return }
        let keys = live
        try store.write { transaction throws(AuthError) in
            for key in keys { try transaction.endSession(key, at: time) }
        }
    }
}
