public import Crypto

/// Sends a mail with which the operator checks delivery.
extension OutboxService {
    /// Queues a test mail, due at once; it is delivered like every other mail.
    ///
    /// - Parameter email: The recipient, which needs no account.
    /// - Returns: The id of the mail; nil without a configured transport.
    /// - Throws: `invalidInput`; `overloaded` when the outbox is full; `unavailable`.
    public func sendTestMail(to email: String) throws(AuthError) -> UUID? {
        guard let address = Email(email) else {
            throw .invalidInput([InvalidInput("email", Email.objection(to: email))])
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

    /// The present state of a mail of the outbox.
    ///
    /// - Returns: The mail; nil when it is gone: it was sent.
    /// - Throws: `unavailable`.
    public func queuedMail(_ id: UUID) throws(AuthError) -> QueuedMail? {
        try store.queuedMail(id)
    }

    /// Removes a mail from the outbox unsent.
    ///
    /// - Throws: `unavailable`.
    public func dropMail(_ id: UUID) throws(AuthError) {
        try store.write { transaction throws(AuthError) in try transaction.deleteMail(id) }
    }
}
