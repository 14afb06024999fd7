import Crypto

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

    /// Confirms an address by the token of a link that was sent there.
    ///
    /// When it is not the account's present one, it takes its place: sessions stay, and the old
    /// address is told.
    /// - Parameter token: As it was sent; good for one use.
    /// - Throws: `invalidInput` when it is missing; `invalidLink`; `emailTaken` when another account
    ///   got the address meanwhile; `unavailable`.
    public func verifyEmail(token: TextInput) throws(AuthError) {
        var objections: [InvalidInput] = []
        guard let text = token.required(as: "token", &objections) else {
            throw .invalidInput(objections)
        }
        let hash = LinkToken.hash(of: text)
        let (time, mail) = (now(), mail)
        // Anybody may send anything here: only a good token is worth a turn of the writer.
        guard try store.linkToken(hash, for: .verifyEmail, at: time) != nil else {
            throw .invalidLink
        }
        try store.write { transaction throws(AuthError) in
            let (account, token) = try transaction.account(
                linkedBy: hash, for: .verifyEmail, at: time)
            guard let email = token.email else { throw .invalidLink }
            try transaction.setEmail(account.id, to: email, verifiedAt: time)
            guard email != account.email else { return }
            let notice = try mail.mail(
                .emailChanged, to: account.email, of: account.id,
                ["name": account.salutation(at: account.email), "newEmail": email.address], at: time
            )
            if let notice { try transaction.enqueue(notice) }
        }
    }

    /// Sends another link to the address of somebody who has not confirmed it.
    ///
    /// - Returns: False, and nothing is sent, when it is confirmed already.
    /// - Throws: `tooManyRequests` when the address got enough mails; `unavailable`.
    public func resendVerification(to caller: Caller) throws(AuthError) -> Bool {
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
