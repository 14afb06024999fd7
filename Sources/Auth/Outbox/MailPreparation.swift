import Crypto

/// What is to be done with a mail whose turn has come.
public enum MailDisposition: Sendable, Equatable {
    /// Send it, its template filled with these values.
    case send([String: String])
    /// Nothing: nobody is to get it, or nobody can read it any more.
    case dropped
}

extension OutboxService {
    /// What is left of a reset link's time when another may take its place, in seconds: for ten of its
    /// thirty minutes it is the only one.
    private static let restingSeconds: Int64 = 1_200

    /// Gets a mail ready to be handed over, before every attempt.
    ///
    /// A reset is looked into here and not when it was asked for: only now an account is searched, and
    /// its link made. The link stays the same over attempts for as long as it is good.
    /// - Parameter queued: A mail of the outbox.
    /// - Returns: What to do. What is dropped was removed from the outbox, or, when no present key
    ///   opens it, given up there.
    /// - Throws: `unavailable`.
    public func prepare(_ queued: QueuedMail) throws(AuthError) -> MailDisposition {
        let mail = queued.mail
        guard let values = try self.mail.values(of: mail) else {
            try store.write { transaction throws(AuthError) in
                try transaction.noteFailure(
                    ofMail: mail.id, nextAttemptAt: nil,
                    error:
                        "no present key opens it: the secret key was replaced, or its row changed"
                )
            }
            return .dropped
        }
        guard mail.kind == .reset else { return .send(values) }
        let (time, writer) = (now(), self.mail)
        let link = "\(context.websiteURL)/auth/password/reset?token="
        return try store.write { transaction throws(AuthError) in
            guard let account = try transaction.account(mail.recipient),
                account.status != .disabled, account.isResetByMail
            else { return try transaction.drop(mail) }
            if let text = values["link"]?.split(separator: "=").last {
                // Asked as of when the mail was written, an expired token is found as well; one that
                // is not was used, or a newer link, password or address took its place.
                guard
                    let token = try transaction.linkToken(
                        LinkToken.hash(of: String(text)), for: .resetPassword, at: mail.createdAt)
                else { return try transaction.drop(mail) }
                if token.expiresAt > time { return .send(values) }
            }
            // A link that was sent lately stays good: by asking again and again, somebody else would
            // take from the person each link before it could be used.
            let present = try transaction.linkToken(
                of: account.id, for: .resetPassword, at: time.adding(seconds: Self.restingSeconds))
            guard present == nil else { return try transaction.drop(mail) }
            let new = NewLinkToken(
                .resetPassword, of: account.id, email: account.email, at: time)
            let filled = ["name": account.salutation(at: account.email), "link": link + new.text]
            guard let refilled = try writer.refilled(mail, of: account.id, filled),
                try transaction.refill(refilled)
            else { return .dropped }
            try transaction.insert(new.token)
            return .send(filled)
        }
    }
}

extension Transaction {
    /// Removes a mail that nobody is to get.
    fileprivate func drop(_ mail: Mail) throws(AuthError) -> MailDisposition {
        try removeMail(mail.id)
        return .dropped
    }
}
