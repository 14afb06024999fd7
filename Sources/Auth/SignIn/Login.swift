import Crypto

extension SignInService {
    /// Signs an account in with its password.
    ///
    /// - Parameters:
    ///   - email: As sent; a malformed address is treated as an unknown account.
    ///   - password: As sent; the rules for new passwords are not applied.
    ///   - client: The client of the request; if the account knows it, only its own failures can lock it
    ///     out.
    ///   - presented: A credential in the request: a live session of the account also makes the client
    ///     known.
    ///   - cookie: The session cookie in the request, whether or not it is `presented`: the new session
    ///     replaces a live one of the account.
    /// - Returns: The account, with its new session.
    /// - Throws: `invalidInput` when either is missing; `invalidCredentials`, after the same work, for an
    ///   unknown account and for a wrong password; only after the correct password
    ///   `accountDisabled`, `pendingApproval`, `nativeSigninDisabled`, and `emailUnverified`, which
    ///   sends another link. `tooManyRequests`, `overloaded`, `unavailable`.
    public func login(
        email: TextInput, password: TextInput, from client: ClientContext,
        presented: PresentedCredential?, cookie: ArraySlice<UInt8>? = nil
    ) throws(AuthError) -> SignedIn {
        var objections: [InvalidInput] = []
        let email = email.required(as: "email", &objections)
        let password = password.required(as: "password", &objections)
        guard let email, let password else { throw .invalidInput(objections) }
        let credential = try Email.existing(email).flatMap { address throws(AuthError) in
            try store.credential(address)
        }
        context.journal.account = credential?.account.id
        let session = try context.presentedSession(presented)
        let confirmed = try context.check(
            password, at: email, of: credential, in: session, from: client)
        guard let confirmed, let credential else {
            throw .invalidCredentials(
                Self.reason(email: email, credential: credential, password: password))
        }
        do throws(AuthError) {
            return try begin(
                credential.account, confirmed, password: password, from: client,
                replacing: cookie.flatMap(AuthContext.hash(ofCookie:)).map(Session.Key.tokenHash))
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

    /// Creates a session after the correct password.
    private func begin(
        _ account: Account, _ proof: PasswordProof, password: String, from client: ClientContext,
        replacing replaced: Session.Key?
    ) throws(AuthError) -> SignedIn {
        try Self.mayUsePassword(account, under: store.state.settings)
        let old = proof.hash
        let renewed =
            old.iterations == passwords.iterations
            ? nil
            : try throttle.whileHashing(proof.admission) { (permit) throws(AuthError) in
                // With the same salt: it is the same password, and devices are recognised by the salt.
                try passwords.hash(password, salt: old.salt, permit)
            }
        try throttle.admit(.session, of: account.id)
        let (id, new) = (account.id, context.newSession(of: account.id))
        let (mail, idleLimit) = (mail, rules.idleLimit)
        let present = try store.write { transaction throws(AuthError) in
            // The account may have changed since it was read: the current row decides.
            guard let present = try transaction.credential(id), let stored = present.passwordHash,
                stored == old || stored == renewed
            else { throw .invalidCredentials(.passwordChanged) }
            try Self.mayUsePassword(present.account, under: transaction.settings())
            if let renewed {
                try transaction.updatePasswordHash(
                    of: present.account.id, to: renewed, ifStill: old)
            }
            try transaction.announceNewDevice(of: client, to: present.account, by: mail)
            try transaction.begin(
                new.session, from: client, replacing: replaced, idleLimit: idleLimit)
            return present.account
        }
        return context.signedIn(present, by: new, knowing: renewed ?? old, from: client)
    }

    /// Refuses an account that may not sign in with its password.
    private static func mayUsePassword(
        _ account: Account, under settings: Settings
    ) throws(AuthError) {
        switch account.status {
        case .disabled: throw .accountDisabled
        case .pending: throw .pendingApproval
        case .active: break
        }
        guard settings.nativeSignin || account.role.administers else {
            throw .nativeSigninDisabled
        }
        guard !settings.requiresEmailVerification(account) else { throw .emailUnverified }
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
