import Crypto

extension PasswordService {
    /// Requests a password reset: sends a link that sets a new password, if an account has this address.
    ///
    /// The requester does not learn whether there is an account: it is looked up when the mail is about to
    /// be sent (`prepare`), so that every request does the same single write.
    /// - Parameter email: The address, as submitted; nothing is sent to what is not an address.
    /// - Throws: `mailNotConfigured`; `invalidInput` when it is missing or not text; `overloaded` when the
    ///   outbox is full, for any address; `unavailable`.
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
        // The requester is not told that the recipient reached a limit, but is told that the outbox is full.
        if let refusal, case .outboxFull = refusal.cause { throw refusal.error }
    }

    /// Sets a new password with the token of a link.
    ///
    /// The holder of the link reads the mailbox it was sent to. The account may have been a stranger's
    /// until now, or been taken over: everything that gives access without the new password ends, and a
    /// mail lists what that was. The reset also confirms the address and makes the device known, so that
    /// strangers who guess the password cannot lock its owner out.
    ///
    /// A mailbox proves no second factor: the account keeps those it has, and the new password alone does not
    /// sign in. Where the address was never confirmed, they may be a stranger's, and are removed.
    /// - Parameters:
    ///   - token: The token, as submitted: of a reset link, or of one that confirms the present address.
    ///   - password: The password, as submitted; the token stays valid if the password is refused.
    ///   - client: Where the request comes from.
    /// - Returns: The value of the device cookie by which the account knows this client.
    /// - Throws: `invalidInput` for what is missing; `invalidLink` before anything is hashed, and again if
    ///   the link was used meanwhile; `invalidInput` for the password; `tooManyRequests`, `overloaded`,
    ///   `unavailable`.
    @discardableResult
    public func resetPassword(
        token: TextInput, password: TextInput, from client: ClientContext
    ) throws(AuthError) -> String {
        var objections: [InvalidInput] = []
        let text = token.required(as: "token", &objections)
        let given = password.required(as: "password", &objections)
        guard let text, given != nil else { throw .invalidInput(objections) }
        let token = LinkToken.hash(of: text)
        let (found, account) = try resettableAccount(token)
        guard let new = context.newPassword(password, as: "password", of: account, &objections)
        else {
            throw .invalidInput(objections)
        }
        // The link makes the client known to the account.
        let admission = try throttle.admitHashing(
            at: account.email.address, knownTo: account.id, from: client)
        let hash = try context.hash(new, admitted: admission)
        let mails = context.accountMails
        context.acts(as: .link)
        try store.write { transaction throws(AuthError) in
            let (account, link) = try transaction.account(
                linkedBy: token, for: found.purpose)
            let factors = EnrolledFactors(try transaction.credentials(of: account.id))
            guard let present = try transaction.credential(account.id),
                link.resets(present, having: factors)
            else { throw .invalidLink(nil) }
            let ended = try transaction.endAccess(to: account, having: factors, by: link)
            try transaction.recordPassword(.passwordReset, of: account.id, ended.changes)
            try transaction.setPassword(account.id, to: hash, keeping: nil)
            if account.emailVerifiedAt == nil {
                try mails.confirm(
                    account.email, of: account, at: transaction.now, in: transaction)
            }
            try mails.announceReset(of: account, ended, from: client, in: transaction)
        }
        return throttle.devices.token(
            for: account.id, knowing: hash, former: client.device, at: now())
    }

    /// The address of the account whose password a link sets; changes nothing.
    ///
    /// It is the address that the link was mailed to.
    /// - Parameter token: The token, as submitted.
    /// - Returns: The address.
    /// - Throws: `invalidLink`; `unavailable`.
    public func resetAddress(token: String) throws(AuthError) -> Email {
        try resettableAccount(LinkToken.hash(of: token)).account.email
    }

    private func resettableAccount(
        _ hash: Digest
    ) throws(AuthError) -> (link: LinkToken, account: Account) {
        let link = try resetLink(hash)
        guard let account = try store.account(link.accountID)?.account,
            link.email == account.email, try context.isResetByMail(account)
        else { throw .invalidLink(nil) }
        return (link, account)
    }

    /// The token of a link that may set a password: a reset link, or a confirmation link, which proves
    /// the same.
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

extension AuthContext {
    /// Whether a mailed link may set the password of an account; the transaction that sets it checks again.
    ///
    /// - Throws: `unavailable`.
    func isResetByMail(_ account: Account) throws(AuthError) -> Bool {
        // Another account may have taken the address since this account was read.
        guard let present = try store.credential(account.email), present.account.id == account.id
        else { return false }
        return present.isResetByMail(having: EnrolledFactors(try store.credentials(of: account.id)))
    }
}

extension LinkToken {
    /// Whether the token may set the password of this account.
    fileprivate func resets(
        _ present: AccountCredential, having factors: EnrolledFactors
    ) -> Bool {
        // A stranger may read a new address that is not confirmed yet: a mistyped one must not give the account
        // away.
        email == present.account.email && present.isResetByMail(having: factors)
    }
}

extension Transaction {
    /// The account of a valid link.
    ///
    /// - Parameters:
    ///   - hash: The hash of the link's token.
    ///   - purpose: What the link is used for.
    /// - Returns: The account, and the token, which is not consumed.
    /// - Throws: `invalidLink` for an invalid token, and for a disabled account.
    func account(
        linkedBy hash: Digest, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> (Account, LinkToken) {
        guard let token = try validLinkToken(hash, for: purpose),
            let account = try credential(token.accountID)?.account, account.status != .disabled
        else { throw .invalidLink(nil) }
        return (account, token)
    }
}
