import Crypto

extension AuthService {
    /// Signs an account in with its password.
    ///
    /// - Parameters:
    ///   - email: As it was sent; one that is no address is an unknown account.
    ///   - password: As it was sent; the rules for new passwords are not applied.
    ///   - client: Where the request comes from.
    ///   - presented: A credential the request carries: while its session of the same account is
    ///     live, failures of others do not keep this client out.
    /// - Returns: The account, with its new session.
    /// - Throws: `invalidInput` when either is missing; `invalidCredentials`, after the same work, for
    ///   an unknown account and for a wrong password on any account; only after the right one
    ///   `accountDisabled`, `pendingApproval`, `nativeSigninDisabled`, and `emailUnverified`, which
    ///   sends another link. `tooManyRequests`, `overloaded`, `unavailable`.
    public func login(
        email: TextInput, password: TextInput, from client: ClientContext,
        presented: PresentedCredential?
    ) throws(AuthError) -> SignedIn {
        var objections: [InvalidInput] = []
        let email = email.required(as: "email", &objections)
        let password = password.required(as: "password", &objections)
        guard let email, let password else { throw .invalidInput(objections) }
        let credential = try Email(email).flatMap { address throws(AuthError) in
            try store.credential(address)
        }
        let attempt = try beginAttempt(at: email, of: credential?.account, presented: presented)
        do throws(AuthError) {
            let isRight = try throttle.whileHashing(for: client.network) { () throws(AuthError) in
                try passwords.verify(password, against: credential?.passwordHash)
            }
            guard isRight, let credential else {
                throw AuthError.invalidCredentials(
                    Self.reason(email: email, credential: credential, password: password))
            }
            let result = try begin(credential, password: password, from: client)
            attempt.map(throttle.forget)
            return result
        } catch {
            // Only a wrong password counts: a fault or a refusal of ours is no guess.
            if !error.isWrongGuess { attempt.map(throttle.forget) }
            if case .emailUnverified = error, let account = credential?.account,
                throttle.takesMail(to: account.email)
            {
                try sendVerification(to: account, replacingChange: false)
            }
            throw error
        }
    }

    /// What the log says about a login that is refused, and nobody else learns.
    private static func reason(
        email: String, credential: Credential?, password: String
    ) -> Reason {
        if password.utf8.count > PasswordPolicy.maximumBytes { return .passwordTooLong }
        if credential != nil { return .wrongPassword }
        return Email(email) == nil ? .notAnAddress : .unknownAccount
    }

    /// Counts the attempt, unless the client holds a live session of the account.
    private func beginAttempt(
        at email: String, of account: Account?, presented: PresentedCredential?
    ) throws(AuthError) -> Throttle.Attempt? {
        if let account, let key = presented.flatMap(sessionKey),
            try store.session(key, now: now())?.accountID == account.id
        {
            return nil
        }
        let attempt = throttle.attempt(at: email)
        try throttle.beginAttempt(at: attempt)
        return attempt
    }

    /// Begins a session after the right password was given.
    private func begin(
        _ credential: Credential, password: String, from client: ClientContext
    ) throws(AuthError) -> SignedIn {
        try Self.mayUsePassword(credential.account, under: store.state.settings)
        let old = credential.passwordHash
        let renewed =
            old.iterations == passwords.iterations
            ? nil
            : try throttle.whileHashing(for: client.network) { () throws(AuthError) in
                try passwords.hash(password)
            }
        let new = newSession(of: credential.account.id)
        let mail = mail
        let account = try store.write { transaction throws(AuthError) in
            // The account may have changed since it was read: its row decides now.
            guard let present = try transaction.credential(credential.account.id),
                present.passwordHash == old
            else { throw .invalidCredentials(.passwordChanged) }
            try Self.mayUsePassword(present.account, under: transaction.settings())
            if let renewed {
                try transaction.rehash(present.account.id, from: old, to: renewed)
            }
            try transaction.announceNewDevice(
                of: client, to: present.account, at: new.session.createdAt, by: mail)
            try transaction.insert(new.session, from: client)
            return present.account
        }
        return signedIn(account, by: new)
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
        guard !settings.isHeldBack(account) else { throw .emailUnverified }
    }
}
