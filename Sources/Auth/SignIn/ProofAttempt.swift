import Crypto

/// What a transaction that verified a proof returns: it is committed either way, so that what a wrong proof used up
/// stays used up.
enum ProofOutcome<Value: Sendable>: Sendable {
    /// The proof is right.
    case proven(Value)
    /// The proof is wrong; the error that refuses the request.
    case refused(AuthError)
}

extension AuthContext {
    /// Counts an attempt to prove a second factor, before anything is verified, with the attempts at the password.
    ///
    /// - Parameters:
    ///   - credential: The account.
    ///   - session: A live session of the request, of whatever account.
    ///   - client: Where the request comes from.
    /// - Returns: The attempt, for `settle`.
    /// - Throws: `tooManyRequests`.
    func beginProof(
        of credential: AccountCredential, in session: Session?, from client: ClientContext
    ) throws(AuthError) -> FailedLogins.Attempt {
        let trust = ClientTrust(of: client, in: session, before: credential)
        if case .knownClientsOnly(let refusal) = client.admission {
            guard let account = trust.account else { throw refusal.error }
            try throttle.admitKnownClient(of: account, in: client.network, otherwise: refusal)
        }
        return try throttle.beginAttempt(
            at: credential.account.email.address, by: trust.proof, from: client.network,
            provingFactor: true)
    }

    /// Counts an attempt of a signed-in caller, as above.
    func beginProof(
        of caller: Caller, from client: ClientContext
    ) throws(AuthError) -> FailedLogins.Attempt {
        let account = caller.account
        // Another account may have taken the address since this account was read.
        let found = try store.credential(account.email)
        let credential =
            found.flatMap { $0.account.id == account.id ? $0 : nil }
            ?? AccountCredential(account: account, passwordHash: nil)
        return try beginProof(of: credential, in: caller.session, from: client)
    }

    /// Runs the transaction of an attempt that begins a session of an account, if the proof is right; nil where
    /// the proof is one of no account.
    ///
    /// - Throws: As `settle`; `tooManyRequests` when the account began too many sessions.
    func settle<Value>(
        _ attempt: FailedLogins.Attempt, beginningSessionOf accountID: UUID?,
        _ work: () throws(AuthError) -> ProofOutcome<Value>
    ) throws(AuthError) -> Value {
        guard let accountID else { return try settle(attempt, work) }
        return try settle(attempt) { () throws(AuthError) in
            try throttle.admit(.session, of: accountID)
            let outcome = try work()
            if case .refused = outcome { throttle.giveBack(.session, of: accountID) }
            return outcome
        }
    }

    /// Runs the transaction of an attempt, which counts as a failure only if the proof is wrong.
    ///
    /// - Throws: The refusal of a wrong proof; what `work` throws.
    func settle<Value>(
        _ attempt: FailedLogins.Attempt, _ work: () throws(AuthError) -> ProofOutcome<Value>
    ) throws(AuthError) -> Value {
        let outcome: ProofOutcome<Value>
        do throws(AuthError) {
            outcome = try work()
        } catch {
            throttle.failedLogins.forget(attempt)
            throw error
        }
        switch outcome {
        case .proven(let value):
            throttle.failedLogins.forget(attempt)
            return value
        case .refused(let error): throw error
        }
    }
}
