import Crypto

/// What to do with a mail that is due.
public enum MailDisposition: Sendable, Equatable {
    /// Send it, with this content.
    case send(MailContent)
    /// Nothing: it has no recipient, or cannot be decrypted any more.
    case dropped
}

extension OutboxService {
    /// The remaining lifetime, in seconds, below which a reset link may be replaced by a new one: for the
    /// first ten of its thirty minutes it is the only one.
    private static let restingSeconds: Int64 = 1_200

    /// Prepares a due mail for delivery, before every attempt.
    ///
    /// A password reset is resolved here rather than when it was requested: only now is the account looked
    /// up and its link created. The link stays the same over all attempts while it is valid. For an account
    /// without a password another mail takes its place, which says how to get back in: a link that sets a password
    /// would make the mailbox alone enough.
    /// - Parameter queued: A mail of the outbox.
    /// - Returns: What to do. A dropped mail was removed from the outbox, or, if no present key decrypts
    ///   it, given up there.
    /// - Throws: `unavailable`.
    public func prepare(_ queued: QueuedMail) throws(AuthError) -> MailDisposition {
        let mail = queued.mail
        guard let content = try self.mail.content(of: mail) else {
            try store.write { transaction throws(AuthError) in
                try transaction.noteFailure(
                    ofMail: mail.id, nextAttemptAt: nil,
                    error:
                        "no present key opens it: the secret key was replaced, or its row changed"
                )
            }
            return .dropped
        }
        guard mail.kind == .reset else { return .send(content) }
        let writer = self.mail
        let link = "\(context.websiteURL)/auth/password/reset?token="
        let signIn = context.address(ofPage: rules.loginPage)
        return try store.write { transaction throws(AuthError) in
            let time = transaction.now
            guard let account = try transaction.account(mail.recipient),
                account.status != .disabled, account.isResetByMail,
                let present = try transaction.credential(account.id)
            else { return try transaction.drop(mail) }
            let factors = EnrolledFactors(try transaction.credentials(of: account.id))
            guard present.isResetByMail(having: factors) else {
                let answer = try writer.mail(
                    .passwordless, to: Recipient(account), of: account.id,
                    ["name": account.salutation(at: account.email), "link": signIn], at: time)
                try transaction.replace(mail, by: answer)
                return .dropped
            }
            if let text = content.values["link"]?.split(separator: "=").last {
                // An expired token is found as well; a token that is missing was used, or replaced by a newer
                // link, password or address.
                guard
                    let token = try transaction.linkToken(
                        LinkToken.hash(of: String(text)), for: .resetPassword)
                else { return try transaction.drop(mail) }
                if token.isValid(at: time) { return .send(content) }
            }
            // A recent link stays valid: otherwise a stranger could, with repeated requests, invalidate
            // each link before its recipient could use it.
            let recent = try transaction.linkToken(of: account.id, for: .resetPassword)
            if let recent, recent.isValid(at: time.adding(seconds: Self.restingSeconds)) {
                return try transaction.drop(mail)
            }
            let new = NewLinkToken(
                .resetPassword, of: account.id, email: account.email, at: time)
            let filled = MailContent(
                language: Recipient(account).language,
                values: [
                    "name": account.salutation(at: account.email), "link": link + new.text,
                ])
            guard let refilled = try writer.refilled(mail, of: account.id, filled),
                try transaction.updateMail(refilled)
            else { return .dropped }
            try transaction.issue(new.token)
            return .send(filled)
        }
    }
}

extension Transaction {
    /// Removes a mail that has no recipient.
    fileprivate func drop(_ mail: Mail) throws(AuthError) -> MailDisposition {
        try deleteMail(mail.id)
        return .dropped
    }
}
