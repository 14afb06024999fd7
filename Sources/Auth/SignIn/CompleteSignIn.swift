import Crypto

extension SignInService {
    /// Takes the second step of a sign-in, which begins its session.
    ///
    /// A wrong proof counts with the wrong passwords of the account, whatever challenge it answers, and is admitted
    /// before anything is verified: to begin the sign-in again allows no further guess. The challenge is used
    /// up in the transaction that begins the session, so of two answers one wins.
    /// - Parameters:
    ///   - step: As sent.
    ///   - client: The client of the request, which must be that of the first step where a form began it.
    /// - Returns: The account, with its new session.
    /// - Throws: `invalidInput`; `invalidChallenge` when the sign-in has to begin again; `invalidCode`,
    ///   `invalidPasskey`; `accountDisabled`, `pendingApproval`, `nativeSigninDisabled`, `emailUnverified` for
    ///   an account that may no longer sign in; `tooManyRequests`, `unavailable`.
    public func completeSignIn(
        _ step: SecondStep, by client: SignInClient
    ) throws(AuthError) -> SignedIn {
        let key = try SignInChallengeKey(step.challenge, by: client)
        let proof = try Self.proof(in: step)
        let (_, credential) = try context.pendingChallenge(key, for: .secondFactor)
        let session = try context.presentedSession(client.presented)
        let attempt = try context.beginProof(
            by: proof.method, of: credential, in: session, from: client.client)
        let completion = SecondStepCompletion(
            key: key, proof: proof, client: client, prover: FactorProver(context),
            beginning: context.beginning(of: credential.account.id, by: client),
            trust: step.trusts ? NewTrust(context, by: client) : nil)
        let id = credential.account.id
        let outcome = try context.settle(attempt, beginningSessionOf: id) {
            () throws(AuthError) in
            try store.write { (transaction) throws(AuthError) in
                try completion.run(in: transaction)
            }
        }
        var signedIn = context.signedIn(
            outcome.account, by: outcome.session, knowing: outcome.password, from: client.client)
        signedIn.trust = completion.trust?.token
        signedIn.recoveryCodesLeft = outcome.recoveryCodesLeft
        return signedIn
    }

    private static func proof(in step: SecondStep) throws(AuthError) -> FactorProofInput {
        var objections = step.objections
        let methods: [SignInMethod] = [.totp, .recovery, .passkey]
        if step.method == .absent { objections.append(.missing("method")) }
        let method = step.method.choice(of: methods, as: "method", &objections)
        let proof = method.flatMap {
            FactorProofInput($0, code: step.code, credential: step.credential, &objections)
        }
        guard objections.isEmpty, let proof else { throw .invalidInput(objections) }
        return proof
    }
}

/// The second step of a sign-in, in its transaction.
private struct SecondStepCompletion: Sendable {
    let key: SignInChallengeKey
    let proof: FactorProofInput
    let client: SignInClient
    let prover: FactorProver
    let beginning: SessionBeginning
    let trust: NewTrust?

    /// A complete sign-in.
    struct Outcome: Sendable {
        let account: Account
        let session: NewSession
        let password: PasswordHash
        let recoveryCodesLeft: Int?
    }

    /// Verifies the proof; a wrong one is counted, and an outcome that is committed.
    func run(in transaction: any Transaction) throws(AuthError) -> ProofOutcome<Outcome> {
        let pending = try transaction.pendingChallenge(key, for: .secondFactor)
        let (challenge, account) = (pending.challenge, pending.account)
        let proven: ProvenFactor
        do throws(AuthError) {
            proven = try prover.prove(
                proof, of: account, for: .secondStep(challenge.hash), from: client.client,
                in: transaction)
        } catch  where error.isWrongProof {
            let isOver = try transaction.noteFailure(of: challenge)
            return .refused(isOver ? error.exhausting : error)
        }
        guard try transaction.deleteChallenge(challenge.hash) else {
            throw .invalidChallenge(.challengeUnknown)
        }
        try trust?.begin(for: account.id, in: transaction)
        let session = try beginning.begin(
            for: account, by: proven.methods.union(.password), hasFactor: true, in: transaction)
        return .proven(
            Outcome(
                account: account, session: session, password: pending.passwordHash,
                recoveryCodesLeft: proven.recoveryCodesLeft))
    }
}

extension AuthError {
    /// The same refusal, for the last answer that a challenge takes.
    fileprivate var exhausting: AuthError {
        if case .invalidCode = self { .invalidCode(.challengeExhausted) } else { self }
    }
}
