public import Crypto

/// A mail that the operator sends to see whether mails arrive.
extension OutboxService {
    /// Puts a test mail into the outbox, due at once: it takes the way of every other mail.
    ///
    /// - Parameter email: Where it goes; it needs no account.
    /// - Returns: The id of the mail; nil where no transport is configured.
    /// - Throws: `invalidInput`; `overloaded` when the outbox is full; `unavailable`.
    public func sendTestMail(to email: String) throws(AuthError) -> UUID? {
        guard let address = Email(email) else {
            throw .invalidInput([InvalidInput("email", "must be an email address")])
        }
        let writer = mail
        guard
            let test = try writer.mail(
                .test, to: Recipient(unproven: address), of: nil, [:], at: now())
        else { return nil }
        let refusal = try store.write { transaction throws(AuthError) in
            try transaction.post(test, by: writer)
        }
        if let refusal { throw refusal.error }
        return test.id
    }

    /// What became so far of a mail of the outbox.
    ///
    /// - Returns: Nil when it is not there any more: it was sent.
    /// - Throws: `unavailable`.
    public func queuedMail(_ id: UUID) throws(AuthError) -> QueuedMail? {
        try store.queuedMail(id)
    }

    /// Takes a mail out of the outbox unsent.
    ///
    /// - Throws: `unavailable`.
    public func dropMail(_ id: UUID) throws(AuthError) {
        try store.write { transaction throws(AuthError) in try transaction.removeMail(id) }
    }
}
