import Crypto

/// Proof that a client knew the password of an account a moment ago.
struct PasswordProof {
    /// What the password was checked against.
    let password: StoredPassword
    /// The admission under which the request may hash more.
    let admission: HashingAdmission
}

extension AuthContext {
    /// Checks a password submitted for an account: the one place where this is done.
    ///
    /// The attempt counts as a failure until it succeeds, and is admitted before anything is hashed; the
    /// work is the same whether or not the account exists.
    /// - Parameters:
    ///   - password: The password, as submitted.
    ///   - address: The address that was entered, or that of the signed-in account.
    ///   - credential: The account; nil when there is none.
    ///   - session: A live session of the request, of whatever account.
    ///   - client: Where the request comes from.
    /// - Returns: The proof; nil when the password is wrong or there is no account.
    /// - Throws: `tooManyRequests`, `overloaded`.
    func check(
        _ password: String, at address: String, of credential: AccountCredential?,
        in session: Session?,
        from client: ClientContext
    ) throws(AuthError) -> PasswordProof? {
        let trust = ClientTrust(of: client, in: session, before: credential)
        let attempt = try beginAttempt(
            .password, at: address, of: credential?.account.id, by: trust.proof, from: client)
        do throws(AuthError) {
            let admission = try throttle.admitHashing(
                at: address, knownTo: trust.account, from: client)
            let uniform = UniformWork(
                store.state, at: throttle.failedLogins.key(ofAddress: address))
            let isRight = try throttle.whileHashing(admission) { (permit) throws(AuthError) in
                try passwords.verify(
                    password, against: credential?.password, uniform, permit)
            }
            guard isRight, let stored = credential?.password else {
                noteFailure(of: attempt)
                return nil
            }
            forget(attempt)
            return PasswordProof(password: stored, admission: admission)
        } catch {
            // Only a wrong password counts as a failure; a fault or a refusal of the server's does not.
            forget(attempt)
            throw error
        }
    }

    /// Hashes a new password.
    ///
    /// - Parameters:
    ///   - password: The validated password.
    ///   - admission: The admission of the request.
    /// - Returns: The hash.
    /// - Throws: `tooManyRequests`, `overloaded`.
    func hash(
        _ password: String, admitted admission: HashingAdmission
    ) throws(AuthError) -> PasswordHash {
        try throttle.whileHashing(admission) { (permit) throws(AuthError) in
            try passwords.hash(password, permit)
        }
    }

    /// Checks the present password of the caller before a sensitive change of their account.
    ///
    /// Counts like a login, so a stolen session does not help to guess the password. A session has
    /// failures and slots of its own, so that other clients cannot keep its owner from this.
    /// - Parameters:
    ///   - password: The password, as submitted.
    ///   - caller: The signed-in caller.
    ///   - client: Where the request comes from.
    /// - Returns: The proof, which the transaction checks again.
    /// - Throws: `wrongPassword`; `tooManyRequests`, `overloaded`, `unavailable`.
    func confirm(
        _ password: String, of caller: Caller, from client: ClientContext
    ) throws(AuthError) -> PasswordProof {
        let confirmed = try confirm(
            password, of: caller.account, in: caller.session, from: client)
        guard let confirmed else { throw .wrongPassword }
        return confirmed
    }

    /// Checks the present password of the account that a session or a link belongs to.
    ///
    /// - Parameters:
    ///   - password: The password, as submitted.
    ///   - account: The account it should belong to.
    ///   - session: A live session of the request, of whatever account.
    ///   - client: Where the request comes from.
    /// - Returns: The proof; nil when the password is wrong.
    /// - Throws: `tooManyRequests`, `overloaded`, `unavailable`.
    func confirm(
        _ password: String, of account: Account, in session: Session?, from client: ClientContext
    ) throws(AuthError) -> PasswordProof? {
        // Another account may have taken the address since this account was read.
        let found = try store.credential(account.email)
        let credential = found?.account.id == account.id ? found : nil
        return try check(
            password, at: account.email.address, of: credential, in: session, from: client)
    }
}

extension Transaction {
    /// The account as this transaction sees it, if its password is still the one that was confirmed.
    ///
    /// - Throws: `wrongPassword` when it was changed meanwhile, or the account is gone or disabled.
    func account(_ id: UUID, confirmedBy confirmation: PasswordProof) throws(AuthError) -> Account {
        guard let present = try credential(id), present.password == confirmation.password,
            present.account.status != .disabled
        else { throw .wrongPassword }
        return present.account
    }
}
