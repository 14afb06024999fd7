import Crypto

extension PasswordService {
    /// Sends a link that sets a new password, if an account has this address.
    ///
    /// Who asks learns nothing: the account is looked up when the mail's turn comes to be sent
    /// (`prepare`), so that every request for an address does one and the same write.
    /// - Parameter email: As it was sent; to what is no address nothing is sent.
    /// - Throws: `mailNotConfigured`; `invalidInput` when it is missing or no text; `overloaded` when the
    ///   outbox is full, for whatever address; `unavailable`.
    public func requestPasswordReset(of email: TextInput) throws(AuthError) {
        try context.requireMail()
        var objections: [InvalidInput] = []
        guard let text = email.required(as: "email", &objections) else {
            throw .invalidInput(objections)
        }
        guard let address = Email.existing(text),
            let request = try mail.mail(
                .reset, to: Recipient(unproven: address), of: nil, [:], at: now())
        else { return }
        let mail = mail
        let refusal = try store.write { transaction throws(AuthError) in
            try transaction.post(request, by: mail)
        }
        // That the recipient got enough is told to nobody; that nothing is sent to anybody, is.
        if let refusal, case .outboxFull = refusal.cause { throw refusal.error }
    }

    /// Sets a new password by the token of a link.
    ///
    /// Whoever has the link reads the mailbox it was sent to. The account may have been a stranger's
    /// until now, or be in a stranger's hands: everything that could be used without the new password
    /// ends, and a mail says what that was. The address is thereby confirmed, and the device known from
    /// now on: strangers who guess at the password cannot keep its owner out.
    /// - Parameters:
    ///   - token: As it was sent; of a link to reset the password, or to confirm the present address.
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
        let found = try resetLink(token)
        guard let account = try store.account(found.accountID)?.account, found.resets(account)
        else {
            throw .invalidLink(nil)
        }
        guard let new = context.newPassword(password, as: "password", of: account, &objections)
        else {
            throw .invalidInput(objections)
        }
        // By the link the account knows the client.
        let admission = try throttle.admitHashing(
            at: account.email.address, knownTo: account.id, from: client)
        let hash = try context.hash(new, admitted: admission)
        let (time, mails) = (now(), context.accountMails)
        try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: token, for: found.purpose, at: time)
            guard link.resets(account) else { throw .invalidLink(nil) }
            let ended = try transaction.endAccess(to: account, by: link, at: time)
            try transaction.setPassword(account.id, to: hash, keeping: nil)
            if account.emailVerifiedAt == nil {
                try mails.confirm(account.email, of: account, at: time, in: transaction)
            }
            try mails.announceReset(of: account, ended, from: client, at: time, in: transaction)
        }
        return throttle.devices.token(
            for: account.id, knowing: hash, former: client.device, at: time)
    }

    /// The token of a link that sets a password: one for that, or one to confirm an address, which
    /// proves the same.
    private func resetLink(_ hash: Digest) throws(AuthError) -> LinkToken {
        let time = now()
        if let token = try store.linkToken(hash, for: .verifyEmail, at: time) { return token }
        do throws(AuthError) {
            return try context.goodLink(hash, for: .resetPassword)
        } catch .invalidLink(nil) {
            throw .invalidLink(try store.settledLink(hash, for: .verifyEmail, at: time))
        }
    }
}

extension LinkToken {
    /// Whether it sets the password of its account.
    fileprivate func resets(_ account: Account) -> Bool {
        // The reader of an address that is to take the present one's place may be anybody: a mistyped
        // one must not hand the account over.
        email == account.email && account.status != .disabled && account.isResetByMail
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
        else { throw .invalidLink(nil) }
        return (account, token)
    }
}
