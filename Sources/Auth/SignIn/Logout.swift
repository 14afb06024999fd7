import Crypto

extension SignInService {
    /// Ends the sessions that these credentials show.
    ///
    /// A token that has expired ends its session as well: whoever logs out means the session, which
    /// may go on with other tokens and its cookie. Neither has the session's own time to be on: a
    /// clock that ran ahead would otherwise bring it back when it is right again.
    /// - Throws: `apiKeyNotAllowed` when one is an API key, which has no session to end; `unavailable`.
    public func logout(_ credentials: [PresentedCredential]) throws(AuthError) {
        for case .bearer(let token) in credentials where APIKeyText.isMeant(by: token) {
            throw .apiKeyNotAllowed
        }
        let time = now()
        var shown: [Session.Key] = []
        for credential in credentials {
            guard let key = sessionKey(atAnyTime: credential),
                try store.session(key, now: Timestamp(milliseconds: 0)) != nil
            else { continue }
            shown.append(key)
        }
        guard !shown.isEmpty else { return }
        let keys = shown
        try store.write { transaction throws(AuthError) in
            for key in keys { try transaction.endSession(key, at: time) }
        }
    }

    /// The key under which the session of a credential is found, whether or not its times hold now.
    private func sessionKey(atAnyTime credential: PresentedCredential) -> Session.Key? {
        guard case .bearer(let token) = credential else { return context.sessionKey(credential) }
        return (try? tokens.claims(of: token)).map { .id($0.sessionID) }
    }
}
