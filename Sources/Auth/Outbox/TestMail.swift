public import Crypto

/// Sends a mail with which the operator checks delivery.
extension OutboxService {
    /// Queues a test mail, due at once; it is delivered like every other mail.
    ///
    /// - Parameters:
    ///   - email: The recipient, which needs no account.
    ///   - administrator: Who sends it, in the language of that account.
    /// - Returns: The id of the mail; nil without a configured transport.
    /// - Throws: `invalidInput`; `tooManyRequests` when the address was sent too many mails, `overloaded`
    ///   when the outbox is full; `apiKeyNotAllowed` unless in person; `unauthenticated`, `forbidden` when
    ///   the sender is no longer an administrator; `unavailable`.
    public func sendTestMail(
        to email: String, by administrator: Administrator = .commandLine
    ) throws(AuthError) -> UUID? {
        guard let address = Email(email) else {
            throw .invalidInput([InvalidInput("email", Email.objection(to: email))])
        }
        let writer = mail
        let recipient = Recipient(unproven: address, language: administrator.language)
        guard let test = try writer.mail(.test, to: recipient, of: nil, [:], at: now()) else {
            return nil
        }
        let refusal = try store.write { transaction throws(AuthError) in
            try AdminPermission.of(administrator, in: transaction).requirePerson()
            return try transaction.post(test, by: writer)
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

    /// Removes a mail from the outbox unsent; does nothing when it is gone.
    ///
    /// - Throws: `unavailable`.
    public func dropMail(_ id: UUID) throws(AuthError) {
        guard let mail = try store.queuedMail(id)?.mail else { return }
        _ = try store.write { transaction throws(AuthError) in try transaction.drop(mail) }
    }
}
