import Crypto

/// That somebody knew the password of their account a moment ago.
struct Confirmation {
    /// The hash it was checked against.
    let hash: PasswordHash
    /// What the client is to the account.
    let standing: Standing
}

extension AuthService {
    /// Checks the current password of somebody who is about to change what their account stands on.
    ///
    /// Counts like a login: whoever stole a session cannot guess the password here instead. A session
    /// has failures of its own to make, so that nobody else's keep its owner from this.
    /// - Parameters:
    ///   - password: As it was sent.
    ///   - caller: Who is signed in.
    ///   - client: Where the request comes from.
    /// - Returns: What it was checked against, for the transaction to look whether it still holds.
    /// - Throws: `wrongPassword`; `tooManyRequests`, `overloaded`, `unavailable`.
    func confirm(
        _ password: String, of caller: Caller, from client: ClientContext
    ) throws(AuthError) -> Confirmation {
        let account = caller.account
        // The address may have gone to somebody else since the account was read.
        let found = try store.credential(account.email)
        let credential = found?.account.id == account.id ? found : nil
        let standing = Standing(of: client, in: caller.session, before: credential)
        let attempt = try throttle.beginAttempt(
            at: account.email.address, by: standing.proof, from: client.network)
        do throws(AuthError) {
            let isRight = try throttle.whileHashing(for: standing.party) { () throws(AuthError) in
                try passwords.verify(
                    password, against: credential?.passwordHash, costing: store.state.highestCost)
            }
            guard isRight, let credential else { throw AuthError.wrongPassword }
            throttle.failedLogins.forget(attempt)
            return Confirmation(hash: credential.passwordHash, standing: standing)
        } catch {
            // Only a wrong password counts: a fault or a refusal of ours is no guess.
            if !error.isWrongGuess { throttle.failedLogins.forget(attempt) }
            throw error
        }
    }
}

extension Transaction {
    /// The account as it is now, while its password is still the one that was confirmed.
    ///
    /// - Throws: `wrongPassword` when it was changed meanwhile, or the account is gone or disabled.
    func account(_ id: UUID, confirmedBy confirmation: Confirmation) throws(AuthError) -> Account {
        guard let present = try credential(id), present.passwordHash == confirmation.hash,
            present.account.status != .disabled
        else { throw .wrongPassword }
        return present.account
    }
}
