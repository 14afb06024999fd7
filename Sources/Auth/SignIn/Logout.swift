import Crypto

extension SignInService {
    /// Ends the sessions of the presented credentials.
    ///
    /// An expired token ends its session as well: the session may have other tokens and a cookie. A
    /// session that is not valid at the present time is ended too: a clock that ran ahead would
    /// otherwise bring it back once it is corrected.
    /// - Throws: `apiKeyNotAllowed` for an API key, which has no session to end; `unavailable`.
    public func logout(_ credentials: [PresentedCredential]) throws(AuthError) {
        for case .bearer(let token) in credentials where APIKeyText.isMeant(by: token) {
            throw .apiKeyNotAllowed
        }
        var shown: [(key: Session.Key, owner: UUID)] = []
        for credential in credentials {
            guard let key = sessionKey(atAnyTime: credential),
                let session = try store.session(key, now: Timestamp(milliseconds: 0))
            else { continue }
            shown.append((key, session.accountID))
        }
        guard !shown.isEmpty else { return }
        let sessions = shown
        try store.write { transaction throws(AuthError) in
            for (key, owner) in sessions {
                try transaction.endSession(
                    key, of: nil, because: .signOut, by: .account(owner))
            }
        }
    }

    /// The key of a credential's session, whether or not its times are valid now.
    private func sessionKey(atAnyTime credential: PresentedCredential) -> Session.Key? {
        guard case .bearer(let token) = credential else { return context.sessionKey(credential) }
        return (try? tokens.claims(of: token)).map { .id($0.sessionID) }
    }
}
