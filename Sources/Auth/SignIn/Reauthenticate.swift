import Crypto

extension SignInService {
    /// Proves that the holder of a session is still present.
    ///
    /// By a factor that the account has now: the password is enough only for an account without a second factor.
    /// The session keeps the methods by which it was authenticated before, too. Wrong proofs count with wrong
    /// passwords.
    /// - Parameters:
    ///   - request: As sent.
    ///   - caller: The signed-in caller.
    ///   - client: Where the request comes from.
    /// - Returns: A JWT that states the proof; the session keeps its cookie.
    /// - Throws: `apiKeyNotAllowed` without a session; `invalidInput`; `reauthenticationRequired`, with the
    ///   methods to use, for one that the account does not have; `wrongPassword`, `invalidCode`, `invalidPasskey`,
    ///   `invalidChallenge`; `unauthenticated` when session or account ended meanwhile; `tooManyRequests`,
    ///   `overloaded`, `unavailable`.
    public func reauthenticate(
        _ request: ReauthenticationRequest, by caller: Caller, from client: ClientContext
    ) throws(AuthError) -> Refreshed {
        guard let session = caller.session else { throw .apiKeyNotAllowed }
        let proof = try ReauthenticationProof(request)
        let offersPasskeys = context.offersPasskeys
        try context.secondFactors(of: caller.account)
            .require(proof.method, offersPasskeys: offersPasskeys)
        let confirmation = try proof.password.map { password throws(AuthError) in
            try context.confirm(password, of: caller, from: client)
        }
        let step = ReauthenticationStep(
            caller: caller, session: session.id, method: proof.method, factor: proof.factor,
            confirmation: confirmation, client: client, prover: FactorProver(context),
            offersPasskeys: offersPasskeys)
        let attempt = try proof.factor.map { factor throws(AuthError) in
            try context.beginProof(by: factor.method, of: caller, from: client)
        }
        let outcome = try context.settle(attempt) { () throws(AuthError) in
            try store.write { (transaction) throws(AuthError) in try step.run(in: transaction) }
        }
        let issuedAt = now().seconds
        return Refreshed(
            account: outcome.account,
            accessToken: context.accessToken(
                of: outcome.account, in: outcome.session, from: issuedAt,
                until: min(issuedAt + rules.tokenLifetime, outcome.session.expiresAt.seconds)),
            cookieLifetime: nil)
    }
}

/// A proof of presence, as far as it was understood.
private struct ReauthenticationProof {
    let method: SignInMethod
    /// For the password itself, and beside a recovery code, which alone proves nothing.
    let password: String?
    let factor: FactorProofInput?

    init(_ request: ReauthenticationRequest) throws(AuthError) {
        var objections: [InvalidInput] = []
        if request.method == .absent { objections.append(.missing("method")) }
        let method = request.method.choice(
            of: SignInMethod.allCases, as: "method", &objections)
        let wantsPassword = method == .password || method == .recovery
        password =
            wantsPassword ? request.password.required(as: "password", &objections) : nil
        factor = method.flatMap {
            FactorProofInput(
                $0, code: request.code, credential: request.credential, &objections)
        }
        guard objections.isEmpty, let method else { throw .invalidInput(objections) }
        self.method = method
    }
}

/// Authenticating again, in its transaction.
private struct ReauthenticationStep: Sendable {
    let caller: Caller
    let session: UUID
    let method: SignInMethod
    let factor: FactorProofInput?
    let confirmation: PasswordProof?
    let client: ClientContext
    let prover: FactorProver
    let offersPasskeys: Bool

    /// The account, and its session after the proof.
    struct Outcome: Sendable {
        let account: Account
        let session: Session
    }

    func run(in transaction: any Transaction) throws(AuthError) -> ProofOutcome<Outcome> {
        let (account, _) = try transaction.present(caller)
        try transaction.secondFactors(of: account.id)
            .require(method, offersPasskeys: offersPasskeys)
        var methods: AuthenticationMethods = []
        if let confirmation {
            _ = try transaction.account(account.id, confirmedBy: confirmation)
            methods = .password
        }
        if let factor {
            do throws(AuthError) {
                let proven = try prover.prove(
                    factor, of: account, for: .reauthentication(session), from: client,
                    in: transaction)
                methods.formUnion(proven.methods)
            } catch  where error.isWrongProof {
                return .refused(error)
            }
        }
        guard let raised = try transaction.noteAuthentication(in: session, by: methods) else {
            throw .unauthenticated(.callerEnded)
        }
        return .proven(Outcome(account: account, session: raised))
    }
}

extension SecondFactors {
    /// Requires a method that proves the presence of the account's holder now.
    ///
    /// - Throws: `reauthenticationRequired`, with those that do.
    fileprivate func require(
        _ method: SignInMethod, offersPasskeys: Bool
    ) throws(AuthError) {
        let methods = reauthenticationMethods(offersPasskeys: offersPasskeys)
        guard methods.contains(method) else { throw .reauthenticationRequired(methods) }
    }
}
