import Crypto

extension SignInService {
    /// Signs an account in with its password, or takes the first of two steps.
    ///
    /// - Parameters:
    ///   - email: As sent; a malformed address is treated as an unknown account.
    ///   - password: As sent; the rules for new passwords are not applied.
    ///   - client: The client; if the account knows it, only its own failures can lock it out.
    /// - Returns: The account, with its new session.
    /// - Throws: `invalidInput` when either is missing; `invalidCredentials`, after the same work, for an
    ///   unknown account and for a wrong password; only after the correct password `accountDisabled`,
    ///   `pendingApproval`, `nativeSigninDisabled`, and `emailUnverified`, which sends another link;
    ///   `secondFactorRequired`, `factorEnrolmentRequired`: then no session exists. `tooManyRequests`,
    ///   `overloaded`, `unavailable`.
    public func login(
        email: TextInput, password: TextInput, by client: SignInClient
    ) throws(AuthError) -> SignedIn {
        var objections: [InvalidInput] = []
        let email = email.required(as: "email", &objections)
        let password = password.required(as: "password", &objections)
        guard let email, let password else { throw .invalidInput(objections) }
        let credential = try Email.existing(email).flatMap { address throws(AuthError) in
            try store.credential(address)
        }
        context.journal.account = credential?.account.id
        let session = try context.presentedSession(client.presented)
        let confirmed = try context.check(
            password, at: email, of: credential, in: session, from: client.client)
        guard let confirmed, let credential else {
            throw .invalidCredentials(
                Self.reason(email: email, credential: credential, password: password))
        }
        do throws(AuthError) {
            return try begin(credential.account, confirmed, password: password, by: client)
        } catch {
            if case .emailUnverified = error {
                try context.sendVerification(to: credential.account, replacingChange: false)
            }
            throw error
        }
    }

    /// The reason of a refused login, which only the log contains.
    private static func reason(
        email: String, credential: AccountCredential?, password: String
    ) -> Reason {
        if password.utf8.count > PasswordPolicy.maximumBytes { return .passwordTooLong }
        if credential != nil { return .wrongPassword }
        return Email.existing(email) == nil ? .notAnAddress : .unknownAccount
    }

    /// Creates a session after the correct password, or the challenge of the next step.
    private func begin(
        _ account: Account, _ proof: PasswordProof, password: String, by client: SignInClient
    ) throws(AuthError) -> SignedIn {
        try account.requireMayUsePassword(under: store.state.settings)
        let old = proof.password
        let hash = try context.renewed(proof, of: account.id, password)
        try throttle.admit(.session, of: account.id)
        let id = account.id
        let beginning = context.beginning(of: id, by: client)
        let steps = SignInSteps(context, for: client)
        let outcome = try store.write { (transaction) throws(AuthError) -> LoginOutcome in
            // The account may have changed since it was read: the current row decides.
            guard let present = try transaction.credential(id), let stored = present.password,
                stored == old || stored == .own(hash)
            else { throw .invalidCredentials(.passwordChanged) }
            try present.account.requireMayUsePassword(under: transaction.settings())
            if stored != .own(hash) {
                try transaction.updatePassword(of: id, to: .own(hash), ifStill: old)
            }
            if let pending = try steps.next(
                of: present.account, knowing: hash, in: transaction)
            {
                return .pending(pending)
            }
            let session = try beginning.begin(
                for: present.account, by: .password, in: transaction)
            return .signedIn(present.account, session)
        }
        switch outcome {
        case .signedIn(let account, let session):
            var signedIn = context.signedIn(
                account, by: session, knowing: hash, from: client.client)
            // The session exists: a fault here must not take it from its client.
            signedIn.mayOfferPasskey =
                (try? context.mayOfferPasskey(to: account.id, in: client.client)) ?? false
            return signedIn
        case .pending(let pending):
            throttle.giveBack(.session, of: id)
            throw pending.purpose == .enrolment
                ? .factorEnrolmentRequired(pending) : .secondFactorRequired(pending)
        }
    }

    /// What follows the correct password.
    private enum LoginOutcome: Sendable {
        case signedIn(Account, NewSession)
        case pending(PendingSignIn)
    }
}

extension Account {
    /// Refuses an account that may not sign in, by whatever means.
    ///
    /// - Throws: `accountDisabled`, `pendingApproval`, `emailUnverified`.
    func requireMaySignIn(under settings: Settings) throws(AuthError) {
        try requireActive()
        guard !mustConfirmEmail(under: settings) else { throw .emailUnverified }
    }

    /// Refuses an account that may not sign in with its password.
    ///
    /// - Throws: As `requireMaySignIn`; `nativeSigninDisabled`.
    func requireMayUsePassword(under settings: Settings) throws(AuthError) {
        try requireActive()
        guard settings.nativeSignin || role.administers else { throw .nativeSigninDisabled }
        guard !mustConfirmEmail(under: settings) else { throw .emailUnverified }
    }

    private func requireActive() throws(AuthError) {
        switch status {
        case .disabled: throw .accountDisabled
        case .pending: throw .pendingApproval
        case .active: break
        }
    }
}

extension AuthContext {
    /// The live session of a presented credential, of any account.
    ///
    /// Looked up whether or not the account exists: the amount of work must not reveal it.
    /// - Throws: `unavailable`.
    func presentedSession(
        _ presented: PresentedCredential?
    ) throws(AuthError) -> Session? {
        guard let key = presented.flatMap(sessionKey) else { return nil }
        return try store.session(key, now: now())
    }
}
