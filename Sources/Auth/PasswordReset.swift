import Crypto

extension AuthService {
    /// Sends a link that sets a new password, if an account has this address.
    ///
    /// Who asks learns nothing: the account is looked up when the mail's turn comes to be sent
    /// (`prepare`), so that every request for an address does one and the same write.
    /// - Parameter email: As it was sent; to what is no address nothing is sent.
    /// - Throws: `invalidInput` when it is missing or no text; `unavailable`.
    public func requestPasswordReset(of email: TextInput) throws(AuthError) {
        var objections: [InvalidInput] = []
        guard let text = email.required(as: "email", &objections) else {
            throw .invalidInput(objections)
        }
        guard let address = Email.existing(text), throttle.takesMail(to: address),
            let request = try mail.mail(.reset, to: address, of: nil, [:], at: now())
        else { return }
        try store.write { transaction throws(AuthError) in try transaction.enqueue(request) }
    }

    /// Sets a new password by the token of a link.
    ///
    /// All sessions of the account end, and every other link that would set a password or another
    /// address is dead; a mail tells the person. Whoever has the link reads the mailbox it was sent
    /// to, whose address is thereby confirmed, and whose device is known from now on: strangers who
    /// guess at the password cannot keep them out.
    /// - Parameters:
    ///   - token: As it was sent.
    ///   - password: As it was sent; the token stays good when it is refused.
    ///   - client: Where the request comes from.
    /// - Returns: The value of the cookie by which the account knows this client.
    /// - Throws: `invalidInput` for what is missing, `invalidLink` before anything is hashed and again
    ///   when it was used meanwhile, `invalidInput` for the password; `tooManyRequests`,
    ///   `overloaded`, `unavailable`.
    @discardableResult
    public func resetPassword(
        token: TextInput, password: TextInput, from client: ClientContext
    ) throws(AuthError) -> String {
        var objections: [InvalidInput] = []
        let text = token.required(as: "token", &objections)
        let given = password.required(as: "password", &objections)
        guard let text, given != nil else { throw .invalidInput(objections) }
        let token = LinkToken.hash(of: text)
        guard let found = try store.linkToken(token, for: .resetPassword, at: now()),
            let account = try store.account(found.accountID)?.account, account.status != .disabled
        else { throw .invalidLink }
        guard let new = newPassword(password, as: "password", of: account, &objections) else {
            throw .invalidInput(objections)
        }
        // By the link the account knows the client.
        let admission = try throttle.admitHashing(
            at: account.email.address, knownTo: account.id, from: client)
        let hash = try hash(new, admitted: admission)
        let (time, mail) = (now(), mail)
        try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: token, for: .resetPassword, at: time)
            try transaction.setPassword(account.id, to: hash, keeping: nil)
            if account.emailVerifiedAt == nil && link.email == account.email {
                try transaction.setEmail(account.id, to: account.email, verifiedAt: time)
                // Only now it is known whose address it is: keys may be of a stranger, who opened
                // the account before.
                try transaction.revokeAPIKeys(of: account.id, at: time)
            }
            try transaction.announceNewPassword(of: account, from: client, at: time, by: mail)
        }
        return throttle.devices.token(
            for: account.id, knowing: hash, former: client.device, at: time)
    }
}

extension Transaction {
    /// The account of a link that is still good.
    ///
    /// - Parameters:
    ///   - hash: Of the link's token.
    ///   - purpose: What the link is used for.
    ///   - time: Now.
    /// - Returns: The account, and the token, which stays.
    /// - Throws: `invalidLink` for a token that is not good, and for a disabled account.
    func account(
        linkedBy hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> (Account, LinkToken) {
        guard let token = try linkToken(hash, for: purpose, at: time),
            let account = try credential(token.accountID)?.account, account.status != .disabled
        else { throw .invalidLink }
        return (account, token)
    }
}
