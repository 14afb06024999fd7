/// A mail whose link proves that somebody reads an address, with the token of that link.
struct Verification: Sendable {
    let token: LinkToken
    let mail: Mail

    /// Puts both where they belong; links that were sent before are dead then.
    ///
    /// - Returns: Why neither was; links that were sent before are as good as they were.
    /// - Throws: `unavailable`.
    @discardableResult
    func post(
        in transaction: any Transaction, by writer: MailWriter
    ) throws(AuthError) -> MailRefusal? {
        switch try transaction.admit(mail, by: writer) {
        case .admitted(let admitted):
            try transaction.insert(token)
            try transaction.enqueue(admitted)
            return nil
        case .refused(let refusal): return refusal
        }
    }
}

extension EmailService {
    /// Sends another link to the address of somebody who has not confirmed it.
    ///
    /// - Returns: False, and nothing is sent, when it is confirmed already.
    /// - Throws: `mailNotConfigured`; `tooManyRequests` when the address got enough mails; `overloaded`
    ///   when the outbox is full; `unavailable`.
    public func resendVerification(to caller: Caller) throws(AuthError) -> Bool {
        try context.requireMail()
        guard caller.account.emailVerifiedAt == nil else { return false }
        if let refusal = try context.sendVerification(to: caller.account, replacingChange: true) {
            throw refusal.error
        }
        return true
    }
}

extension AuthContext {
    /// A mail with a link that confirms an address; it exists when a transaction enqueues it.
    ///
    /// - Parameters:
    ///   - kind: A mail that has such a link.
    ///   - account: Whose.
    ///   - address: Where it goes and what it proves; nil for the present address.
    ///   - website: Where its link leads, if not to the present public origin.
    /// - Returns: Nil where no transport is configured.
    /// - Throws: `unavailable` when OpenSSL fails.
    func verification(
        by kind: Mail.Kind, of account: Account, at address: Email? = nil, on website: Origin? = nil
    ) throws(AuthError) -> Verification? {
        guard mail.isEnabled else { return nil }
        let time = now()
        let address = address ?? account.email
        let new = NewLinkToken(.verifyEmail, of: account.id, email: address, at: time)
        let mail = try mail.mail(
            kind, to: Recipient(unproven: address), of: account.id,
            [
                "name": account.salutation(at: address),
                "link": "\(website ?? websiteURL)/auth/email/verify?token=\(new.text)",
            ], at: time)
        return mail.map { Verification(token: new.token, mail: $0) }
    }

    /// Sends a link to the present address of an account, unless it is confirmed meanwhile.
    ///
    /// - Parameters:
    ///   - account: Whose.
    ///   - replacesChange: Whether a link to another address, which the person asked for, gives way;
    ///     without, nothing is sent then.
    /// - Returns: Why it was not sent though it should be.
    /// - Throws: `unavailable`.
    @discardableResult
    func sendVerification(
        to account: Account, replacingChange replacesChange: Bool
    ) throws(AuthError) -> MailRefusal? {
        guard let verification = try verification(by: .verify, of: account) else { return nil }
        let mail = mail
        return try store.write { transaction throws(AuthError) in
            guard let present = try transaction.credential(account.id)?.account,
                present.email == account.email, present.emailVerifiedAt == nil
            else { return nil }
            let link = try transaction.linkToken(
                of: account.id, for: .verifyEmail, at: verification.token.createdAt)
            guard replacesChange || link == nil || link?.email == account.email else {
                return nil
            }
            return try verification.post(in: transaction, by: mail)
        }
    }
}
