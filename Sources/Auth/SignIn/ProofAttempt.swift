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
    ///   - method: What it is proven with; not the password.
    ///   - credential: The account.
    ///   - session: A live session of the request, of whatever account.
    ///   - client: Where the request comes from.
    /// - Returns: The attempt, for `settle`.
    /// - Throws: `tooManyRequests`.
    func beginProof(
        by method: SignInMethod, of credential: AccountCredential, in session: Session?,
        from client: ClientContext
    ) throws(AuthError) -> LoginAttempt {
        let trust = ClientTrust(of: client, in: session, before: credential)
        if case .knownClientsOnly(let refusal) = client.admission {
            guard let account = trust.account else { throw refusal.error }
            try throttle.admitKnownClient(of: account, in: client.network, otherwise: refusal)
        }
        return try beginAttempt(
            method, at: credential.account.email.address, of: credential.account.id,
            by: trust.proof, from: client)
    }

    /// Counts an attempt of a signed-in caller, as above.
    func beginProof(
        by method: SignInMethod, of caller: Caller, from client: ClientContext
    ) throws(AuthError) -> LoginAttempt {
        let account = caller.account
        // Another account may have taken the address since this account was read.
        let found = try store.credential(account.email)
        let credential =
            found.flatMap { $0.account.id == account.id ? $0 : nil }
            ?? AccountCredential(account: account, password: nil)
        return try beginProof(by: method, of: credential, in: caller.session, from: client)
    }

    /// Runs the transaction of an attempt that begins a session of an account, if the proof is right; nil where
    /// the proof is one of no account.
    ///
    /// - Throws: As `settle`; `tooManyRequests` when the account began too many sessions.
    func settle<Value>(
        _ attempt: LoginAttempt, beginningSessionOf accountID: UUID?,
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
    /// - Parameters:
    ///   - attempt: The attempt; nil where nothing is proven in the transaction.
    ///   - work: Runs it.
    /// - Returns: What was proven.
    /// - Throws: The refusal of a wrong proof; what `work` throws.
    func settle<Value>(
        _ attempt: LoginAttempt?, _ work: () throws(AuthError) -> ProofOutcome<Value>
    ) throws(AuthError) -> Value {
        let outcome: ProofOutcome<Value>
        do throws(AuthError) {
            outcome = try work()
        } catch {
            if let attempt { forget(attempt) }
            throw error
        }
        switch outcome {
        case .proven(let value):
            if let attempt { forget(attempt) }
            return value
        case .refused(let error):
            if let attempt { noteFailure(of: attempt) }
            throw error
        }
    }
}
