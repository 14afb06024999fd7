import Crypto

extension PasskeyService {
    /// Asks for a passkey.
    ///
    /// - Parameter use: What for.
    /// - Returns: What the browser needs; good for five minutes, once, and for this use alone.
    /// - Throws: `passkeysUnavailable`; `noSecondFactor` for an account without a passkey; `invalidInput`,
    ///   `invalidChallenge` for a sign-in that does not wait; `apiKeyNotAllowed` without a session,
    ///   `unauthenticated` when it ended; `unavailable`.
    public func signInOptions(_ use: PasskeyUse) throws(AuthError) -> AssertionOptions {
        let rpID = try context.requirePasskeys()
        let challenge = Random.bytes(PasskeyChallenge.count)
        let vault = vault
        switch use {
        case .signIn:
            try store.write { transaction throws(AuthError) in
                try transaction.begin(
                    PasskeyChallenge.new(
                        challenge, for: .passkeySignIn, of: nil, at: transaction.now))
            }
            return AssertionOptions(
                rpID: rpID, challenge: challenge, lifetime: PasskeyChallenge.lifetime,
                allowed: [], requiresUserVerification: true)
        case .secondStep(let text, let client):
            let key = try SignInChallengeKey(text, by: client)
            return try store.write { transaction throws(AuthError) in
                let pending = try transaction.pendingChallenge(key, for: .secondFactor)
                return try transaction.askForPasskey(
                    of: pending.account.id, for: .secondStep(pending.challenge.hash), challenge,
                    rpID: rpID, opening: vault)
            }
        case .reauthentication(let caller):
            guard caller.session != nil else { throw .apiKeyNotAllowed }
            return try store.write { transaction throws(AuthError) in
                let (account, session) = try transaction.present(caller)
                return try transaction.askForPasskey(
                    of: account.id, for: .reauthentication(session.id), challenge, rpID: rpID,
                    opening: vault)
            }
        }
    }
}

extension Transaction {
    /// Begins the proof of an account by one of its passkeys.
    ///
    /// Without a password there is no other factor: then its device has to verify its user.
    fileprivate func askForPasskey(
        of accountID: UUID, for occasion: PasskeyOccasion, _ challenge: [UInt8], rpID: String,
        opening vault: FactorVault
    ) throws(AuthError) -> AssertionOptions {
        let passkeys = try passkeyDescriptors(of: accountID, opening: vault)
        guard !passkeys.isEmpty else { throw .noSecondFactor }
        try begin(
            PasskeyChallenge.new(
                challenge, for: .passkeyProof, of: accountID, in: occasion.sessionID,
                boundTo: occasion.binding, at: now))
        return AssertionOptions(
            rpID: rpID, challenge: challenge, lifetime: PasskeyChallenge.lifetime,
            allowed: passkeys,
            requiresUserVerification: try credential(accountID)?.hasPassword != true)
    }
}

extension PasskeyOccasion {
    /// What a challenge for it is bound to.
    var binding: [UInt8] {
        switch self {
        case .secondStep(let hash): hash.bytes
        case .reauthentication(let id): id.octets
        }
    }

    /// The session; nil during a sign-in.
    fileprivate var sessionID: UUID? {
        guard case .reauthentication(let id) = self else { return nil }
        return id
    }
}
