import Crypto

extension AuthService {
    /// Checks the current password of somebody who is about to change what their account stands on.
    ///
    /// Counts like a login: whoever stole a session cannot guess the password here instead. A live
    /// session is no excuse, since every caller has one.
    /// - Parameters:
    ///   - password: As it was sent.
    ///   - caller: Who is signed in.
    ///   - client: Where the request comes from.
    /// - Returns: The hash it was checked against, for the transaction to look whether it still holds.
    /// - Throws: `wrongPassword`; `tooManyRequests`, `overloaded`, `unavailable`.
    func confirm(
        _ password: String, of caller: Caller, from client: ClientContext
    ) throws(AuthError) -> PasswordHash {
        let account = caller.account
        let attempt = throttle.attempt(at: account.email.address)
        try throttle.beginAttempt(at: attempt)
        do throws(AuthError) {
            let credential = try store.credential(account.email)
            // The address may have gone to somebody else since the account was read.
            let hash = credential?.account.id == account.id ? credential?.passwordHash : nil
            let isRight = try throttle.whileHashing(for: client.network) { () throws(AuthError) in
                try passwords.verify(password, against: hash)
            }
            guard isRight, let hash else { throw AuthError.wrongPassword }
            throttle.forget(attempt)
            return hash
        } catch {
            // Only a wrong password counts: a fault or a refusal of ours is no guess.
            if !error.isWrongGuess { throttle.forget(attempt) }
            throw error
        }
    }
}

extension Transaction {
    /// The account as it is now, while its password is still the one that was confirmed.
    ///
    /// - Throws: `wrongPassword` when it was changed meanwhile, or the account is gone or disabled.
    func account(_ id: UUID, confirmedBy hash: PasswordHash) throws(AuthError) -> Account {
        guard let present = try credential(id), present.passwordHash == hash,
            present.account.status != .disabled
        else { throw .wrongPassword }
        return present.account
    }
}
