/// A mail whose link proves access to an address, with the token of that link.
struct Verification: Sendable {
    let token: LinkToken
    let mail: Mail

    /// Stores the token and queues the mail; earlier links become invalid.
    ///
    /// - Returns: Why neither was stored; earlier links then stay valid.
    /// - Throws: `unavailable`.
    @discardableResult
    func post(
        in transaction: any Transaction, by writer: MailWriter
    ) throws(AuthError) -> MailRefusal? {
        switch try transaction.admit(mail, by: writer) {
        case .admitted(let admitted):
            try transaction.issue(token)
            try transaction.enqueue(admitted)
            return nil
        case .refused(let refusal): return refusal
        }
    }
}

extension EmailService {
    /// Sends another confirmation link to an unconfirmed address.
    ///
    /// - Returns: False, with nothing sent, when the address is confirmed already.
    /// - Throws: `mailNotConfigured`; `tooManyRequests` when the address was sent too many mails;
    ///   `overloaded` when the outbox is full; `unavailable`.
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
    /// Builds a mail with a confirmation link; a transaction has to queue it.
    ///
    /// - Parameters:
    ///   - kind: A kind of mail that has such a link.
    ///   - account: The recipient's account.
    ///   - address: The address the mail goes to and confirms; nil for the present address.
    ///   - website: The origin of the link, if not the present public origin.
    /// - Returns: The mail; nil without a configured transport.
    /// - Throws: `unavailable` when OpenSSL fails.
    func verification(
        by kind: Mail.Kind, of account: Account, at address: Email? = nil, on website: Origin? = nil
    ) throws(AuthError) -> Verification? {
        guard mail.isEnabled else { return nil }
        let time = now()
        let address = address ?? account.email
        let new = NewLinkToken(.verifyEmail, of: account.id, email: address, at: time)
        let mail = try mail.mail(
            kind, to: Recipient(unproven: address, language: account.language), of: account.id,
            [
                "name": account.salutation(at: address),
                "link": "\(website ?? websiteURL)/auth/email/verify?token=\(new.text)",
            ], at: time)
        return mail.map { Verification(token: new.token, mail: $0) }
    }

    /// Sends a link to the present address of an account, unless it is confirmed meanwhile.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - replacesChange: Whether the link replaces one that confirms a pending change of address; if
    ///     false, nothing is sent while such a change is pending.
    /// - Returns: Why the mail was not sent although it should have been.
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
            let link = try transaction.validLinkToken(of: account.id, for: .verifyEmail)
            guard replacesChange || link == nil || link?.email == account.email else {
                return nil
            }
            return try verification.post(in: transaction, by: mail)
        }
    }
}
