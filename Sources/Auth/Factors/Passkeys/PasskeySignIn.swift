import Crypto

extension PasskeyService {
    /// Signs an account in with a passkey alone.
    ///
    /// The device has verified its user, so that the passkey is both factors. A refusal counts with the wrong
    /// passwords of the account that the passkey belongs to.
    /// - Parameters:
    ///   - assertion: As sent; it says which passkey it is.
    ///   - client: The client of the request.
    /// - Returns: The account, with its new session.
    /// - Throws: `passkeysUnavailable`; `invalidChallenge`; `invalidPasskey`, also for an unknown passkey; only
    ///   after the right passkey `accountDisabled`, `pendingApproval`, `nativeSigninDisabled`, and
    ///   `emailUnverified`, which sends another link; `tooManyRequests`, `unavailable`.
    public func signIn(
        _ assertion: PasskeyAssertion, by client: SignInClient
    ) throws(AuthError) -> SignedIn {
        guard let ceremony = PasskeyCeremony(context) else { throw .passkeysUnavailable }
        let owner = try owner(of: assertion)
        context.journal.account = owner?.account.id
        let session = try context.presentedSession(client.presented)
        let attempt = try owner.map { owner throws(AuthError) in
            try context.beginProof(
                by: .passkey, of: owner, in: session, from: client.client)
        }
        let beginning = owner.map { context.beginning(of: $0.account.id, by: client) }
        let ownerID = owner?.account.id
        let outcome = try context.settle(
            attempt ?? LoginAttempt(uncounted: .passkey, from: client.client),
            beginningSessionOf: ownerID
        ) { () throws(AuthError) in
            try store.write {
                (transaction) throws(AuthError) -> ProofOutcome<Outcome> in
                let used: PasskeyCeremony.Used
                do throws(AuthError) {
                    used = try ceremony.signIn(assertion, in: transaction)
                } catch  where error.isWrongProof {
                    return .refused(error)
                }
                // The session was made for the account that had the passkey when it was looked up.
                guard let account = try transaction.credential(used.accountID)?.account,
                    let beginning, account.id == ownerID
                else { throw .invalidPasskey(PasskeyRefusal(.passkeyUnknown)) }
                let settings = try transaction.settings()
                do throws(AuthError) {
                    // No other provider vouches for the account: the rule is that of passwords.
                    try account.requireMayUsePassword(under: settings)
                } catch {
                    return .proven(.refused(account, error))
                }
                let session = try beginning.begin(
                    for: account, by: used.factor.methods, hasFactor: true, in: transaction)
                return .proven(.signedIn(account, session))
            }
        }
        switch outcome {
        case .signedIn(let account, let session):
            return context.signedIn(account, by: session, knowing: nil, from: client.client)
        case .refused(let account, let error):
            if case .emailUnverified = error {
                try context.sendVerification(to: account, replacingChange: false)
            }
            throw error
        }
    }

    /// What follows the right passkey.
    private enum Outcome: Sendable {
        case signedIn(Account, NewSession)
        /// The account may not sign in; the challenge and the use of the passkey are committed all the same.
        case refused(Account, AuthError)
    }

    /// The account that has the passkey, at present.
    private func owner(of assertion: PasskeyAssertion) throws(AuthError) -> AccountCredential? {
        guard let passkey = try store.passkey(assertion.handle),
            let account = try store.account(passkey.accountID)?.account,
            let credential = try store.credential(account.email),
            credential.account.id == account.id
        else { return nil }
        return credential
    }
}
