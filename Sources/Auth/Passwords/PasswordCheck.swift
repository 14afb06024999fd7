import Crypto

/// That a client knew the password of an account a moment ago.
struct PasswordProof {
    /// The hash it was checked against.
    let hash: PasswordHash
    /// For what else the request has hashed.
    let admission: HashingAdmission
}

extension AuthContext {
    /// Checks a password that a client gave for an account: the one place where that is done.
    ///
    /// Counted as a failure until it was right, and admitted, before anything is hashed; with the same
    /// work whether or not the account exists.
    /// - Parameters:
    ///   - password: As it was sent.
    ///   - address: What was typed, or whose account is signed in.
    ///   - credential: The account; nil when there is none.
    ///   - session: A live session that the request shows, whosever it is.
    ///   - client: Where the request comes from.
    /// - Returns: What it was checked against; nil when it is wrong, or there is no account.
    /// - Throws: `tooManyRequests`, `overloaded`.
    func check(
        _ password: String, at address: String, of credential: AccountCredential?,
        in session: Session?,
        from client: ClientContext
    ) throws(AuthError) -> PasswordProof? {
        let trust = ClientTrust(of: client, in: session, before: credential)
        let attempt = try throttle.beginAttempt(
            at: address, by: trust.proof, from: client.network)
        do throws(AuthError) {
            let admission = try throttle.admitHashing(
                at: address, knownTo: trust.account, from: client)
            let isRight = try throttle.whileHashing(admission) { (permit) throws(AuthError) in
                try passwords.verify(
                    password, against: credential?.passwordHash,
                    costing: store.state.maxPasswordIterations,
                    permit)
            }
            guard isRight, let credential else { return nil }
            throttle.failedLogins.forget(attempt)
            return PasswordProof(hash: credential.passwordHash, admission: admission)
        } catch {
            // Only a wrong password counts: a fault or a refusal of ours is no guess.
            throttle.failedLogins.forget(attempt)
            throw error
        }
    }

    /// Hashes a new password.
    ///
    /// - Parameters:
    ///   - password: As it was checked.
    ///   - admission: Of the request.
    /// - Returns: The hash.
    /// - Throws: `tooManyRequests`, `overloaded`.
    func hash(
        _ password: String, admitted admission: HashingAdmission
    ) throws(AuthError) -> PasswordHash {
        try throttle.whileHashing(admission) { (permit) throws(AuthError) in
            try passwords.hash(password, permit)
        }
    }

    /// Checks the present password of the caller, who is about to change what their account stands on.
    ///
    /// Counts like a login: whoever stole a session cannot guess the password here instead. A session
    /// has failures and places of its own, so that nobody else's keep its owner from this.
    /// - Parameters:
    ///   - password: As it was sent.
    ///   - caller: Who is signed in.
    ///   - client: Where the request comes from.
    /// - Returns: What it was checked against, for the transaction to look whether it still holds.
    /// - Throws: `wrongPassword`; `tooManyRequests`, `overloaded`, `unavailable`.
    func confirm(
        _ password: String, of caller: Caller, from client: ClientContext
    ) throws(AuthError) -> PasswordProof {
        let confirmed = try confirm(
            password, of: caller.account, in: caller.session, from: client)
        guard let confirmed else { throw .wrongPassword }
        return confirmed
    }

    /// Checks the present password of an account that a session or a link names.
    ///
    /// - Parameters:
    ///   - password: As it was sent.
    ///   - account: Whose it should be.
    ///   - session: A live session that the request shows, whosever it is.
    ///   - client: Where the request comes from.
    /// - Returns: What it was checked against; nil when it is wrong.
    /// - Throws: `tooManyRequests`, `overloaded`, `unavailable`.
    func confirm(
        _ password: String, of account: Account, in session: Session?, from client: ClientContext
    ) throws(AuthError) -> PasswordProof? {
        // The address may have gone to somebody else since the account was read.
        let found = try store.credential(account.email)
        let credential = found?.account.id == account.id ? found : nil
        return try check(
            password, at: account.email.address, of: credential, in: session, from: client)
    }
}

extension Transaction {
    /// The account as it is now, while its password is still the one that was confirmed.
    ///
    /// - Throws: `wrongPassword` when it was changed meanwhile, or the account is gone or disabled.
    func account(_ id: UUID, confirmedBy confirmation: PasswordProof) throws(AuthError) -> Account {
        guard let present = try credential(id), present.passwordHash == confirmation.hash,
            present.account.status != .disabled
        else { throw .wrongPassword }
        return present.account
    }
}
