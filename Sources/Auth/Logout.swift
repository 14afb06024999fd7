import Crypto

extension AuthService {
    /// Ends the sessions that these credentials show.
    ///
    /// Also one that is over by the clock: should that run ahead, the session would be back when it is
    /// right again.
    /// - Throws: `apiKeyNotAllowed` when one is an API key, which has no session to end; `unavailable`.
    public func logout(_ credentials: [PresentedCredential]) throws(AuthError) {
        for case .bearer(let token) in credentials where APIKeyText.isMeant(by: token) {
            throw .apiKeyNotAllowed
        }
        let time = now()
        var shown: [Session.Key] = []
        for credential in credentials {
            guard let key = sessionKey(atAnyTime: credential),
                let session = try store.session(key, now: Timestamp(milliseconds: 0)),
                // A token that has expired ends no session that goes on without it.
                session.expiresAt <= time || !hasExpired(credential, at: time)
            else { continue }
            shown.append(key)
        }
        guard !shown.isEmpty else { return }
        let keys = shown
        try store.write { transaction throws(AuthError) in
            for key in keys { try transaction.endSession(key, at: time) }
        }
    }

    /// Whether a token's own time is over; one that is of the future by this clock is not.
    private func hasExpired(_ credential: PresentedCredential, at time: Timestamp) -> Bool {
        guard case .bearer(let token) = credential else { return false }
        return (try? tokens.claims(of: token)).map { $0.expiresAt <= time.seconds } ?? true
    }

    /// The key under which the session of a credential is found, whether or not its times hold now.
    private func sessionKey(atAnyTime credential: PresentedCredential) -> Session.Key? {
        guard case .bearer(let token) = credential else { return sessionKey(credential) }
        return (try? tokens.claims(of: token)).map { .id($0.sessionID) }
    }
}
