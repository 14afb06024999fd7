/// A mail whose link proves that somebody reads an address, with the token of that link.
struct Verification: Sendable {
    let token: LinkToken
    let mail: Mail

    /// Puts both where they belong; links that were sent before are dead then.
    func enqueue(in transaction: any Transaction) throws(AuthError) {
        try transaction.insert(token)
        try transaction.enqueue(mail)
    }
}

extension AuthService {
    /// A mail with a link that confirms an address; it exists when a transaction enqueues it.
    ///
    /// - Parameters:
    ///   - kind: A mail that has such a link.
    ///   - account: Whose.
    ///   - address: Where it goes and what it proves; nil for the present address.
    /// - Returns: Nil where no transport is configured.
    /// - Throws: `unavailable` when OpenSSL fails.
    func verification(
        by kind: Mail.Kind, of account: Account, at address: Email? = nil
    ) throws(AuthError) -> Verification? {
        guard mail.isEnabled else { return nil }
        let time = now()
        let address = address ?? account.email
        let new = NewLinkToken(.verifyEmail, of: account.id, email: address, at: time)
        let mail = try mail.mail(
            kind, to: address, of: account.id,
            [
                "name": account.salutation(at: address),
                "link": "\(websiteURL)/auth/email/verify?token=\(new.text)",
            ], at: time)
        return mail.map { Verification(token: new.token, mail: $0) }
    }

    /// Sends another link to the address of somebody who has not confirmed it.
    ///
    /// - Returns: False, and nothing is sent, when it is confirmed already.
    /// - Throws: `mailNotConfigured`; `tooManyRequests` when the address got enough mails; `unavailable`.
    public func resendVerification(to caller: Caller) throws(AuthError) -> Bool {
        try requireMail()
        guard caller.account.emailVerifiedAt == nil else { return false }
        try throttle.admitMail(to: caller.account.email)
        try sendVerification(to: caller.account, replacingChange: true)
        return true
    }

    /// Sends a link to the present address of an account, unless it is confirmed meanwhile.
    ///
    /// - Parameters:
    ///   - account: Whose.
    ///   - replacesChange: Whether a link to another address, which the person asked for, gives way;
    ///     without, nothing is sent then.
    /// - Throws: `unavailable`.
    func sendVerification(
        to account: Account, replacingChange replacesChange: Bool
    ) throws(AuthError) {
        guard let verification = try verification(by: .verify, of: account) else { return }
        try store.write { transaction throws(AuthError) in
            guard let present = try transaction.credential(account.id)?.account,
                present.email == account.email, present.emailVerifiedAt == nil
            else { return }
            let link = try transaction.linkToken(
                of: account.id, for: .verifyEmail, at: verification.token.createdAt)
            guard replacesChange || link == nil || link?.email == account.email else { return }
            try verification.enqueue(in: transaction)
        }
    }
}
