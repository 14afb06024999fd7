public import Crypto

/// A due mail with its content.
public struct PreparedMail: Sendable {
    /// The mail.
    public let queued: QueuedMail
    /// What it says.
    public let content: MailContent

    /// Creates a prepared mail from its parts.
    public init(queued: QueuedMail, content: MailContent) {
        self.queued = queued
        self.content = content
    }
}

/// The outcome of an attempt to send a mail.
public enum MailOutcome: Sendable, Equatable {
    /// The mail server accepted it.
    case sent
    /// It failed for now, and why; another attempt may succeed.
    case deferred(String)
    /// It failed for good, and why.
    case rejected(String)
}

/// The operations of the sender of mails.
extension OutboxService {
    /// The next due mail, ready to be sent; mails without a recipient are removed on the way.
    ///
    /// - Parameter isEnding: Whether to stop early: there may be many mails without a recipient.
    /// - Returns: The mail; nil when none is due.
    /// - Throws: `unavailable`.
    public func nextMail(
        unless isEnding: () -> Bool = { false }
    ) throws(AuthError) -> PreparedMail? {
        while !isEnding(), let queued = try store.dueMail(at: now()) {
            if case .send(let content) = try prepare(queued) {
                return PreparedMail(queued: queued, content: content)
            }
        }
        return nil
    }

    /// Stores the outcome of an attempt.
    ///
    /// - Parameters:
    ///   - queued: The mail.
    ///   - outcome: The outcome.
    ///   - next: When a deferred mail is tried next; nil to give it up.
    /// - Throws: `unavailable`.
    public func settle(
        _ queued: QueuedMail, _ outcome: MailOutcome, nextAttemptAt next: Timestamp?
    ) throws(AuthError) {
        let id = queued.mail.id
        try store.write { transaction throws(AuthError) in
            switch outcome {
            case .sent: try transaction.deleteMail(id)
            case .deferred(let reason):
                try transaction.noteFailure(ofMail: id, nextAttemptAt: next, error: reason)
            case .rejected(let reason):
                try transaction.noteFailure(ofMail: id, nextAttemptAt: nil, error: reason)
            }
        }
    }

    /// The mails that wait, those that were given up, or both, newest first.
    ///
    /// - Parameters:
    ///   - page: The requested page.
    ///   - state: Nil for both.
    /// - Returns: A page.
    /// - Throws: `unavailable`.
    public func queuedMail(
        _ page: PageRequest, _ state: QueuedMail.State? = nil
    ) throws(AuthError) -> Page<QueuedMail> {
        try store.queuedMail(state, page)
    }

    /// How many mails wait, and how many were given up.
    ///
    /// - Throws: `unavailable`.
    public func mailCounts() throws(AuthError) -> MailCounts {
        try store.mailCounts()
    }

    /// Makes mails due at once.
    ///
    /// - Parameters:
    ///   - id: The mail; nil for all that wait for their next attempt or were given up.
    ///   - administrator: Who requests it.
    /// - Returns: The number of mails made due.
    /// - Throws: `notFound` when there is no mail with this id; `apiKeyNotAllowed` unless in person;
    ///   `unauthenticated`, `forbidden` when the requester is no longer an administrator; `unavailable`.
    @discardableResult
    public func retryMail(
        _ id: UUID?, by administrator: Administrator = .commandLine
    ) throws(AuthError) -> Int {
        let count = try store.write { transaction throws(AuthError) in
            try AdminPermission.of(administrator, in: transaction).requirePerson()
            let count = try transaction.retryMail(id)
            if count > 0 {
                try transaction.record(
                    .mailRetried, of: nil, object: id, [EventChange(.count, to: "\(count)")])
            }
            return count
        }
        guard count > 0 || id == nil else { throw .notFound }
        return count
    }

    /// Removes a mail from the outbox unsent, on behalf of an administrator.
    ///
    /// - Parameters:
    ///   - id: The mail.
    ///   - administrator: Who removes it.
    /// - Throws: As `retryMail`; `forbidden` for a mail to the owner or another administrator, unless by
    ///   the owner.
    public func dropMail(_ id: UUID, by administrator: Administrator) throws(AuthError) {
        guard let queued = try store.queuedMail(id) else { throw .notFound }
        let mail = queued.mail
        try store.write { transaction throws(AuthError) in
            let permission = try AdminPermission.of(administrator, in: transaction)
            try permission.requirePerson()
            // What a mail reports to the owner or another administrator is not theirs to suppress.
            if let account = try transaction.account(mail.recipient),
                account.id != permission.account?.id
            {
                try permission.requirePower(over: account)
            }
            guard try transaction.drop(mail) else { throw .notFound }
        }
        context.journal.changes.append(
            AdministrativeChange(
                name: "mail", account: nil, old: "\(id)", new: "dropped",
                author: administrator.author))
    }
}

extension Transaction {
    /// Removes a mail from the outbox unsent, because it was asked for.
    ///
    /// - Returns: Whether it was there.
    /// - Throws: `unavailable`.
    func drop(_ mail: Mail) throws(AuthError) -> Bool {
        guard try deleteMail(mail.id) else { return false }
        try record(
            .mailDropped, of: mail.accountID, object: mail.id,
            [EventChange(.mail, from: mail.kind.rawValue)])
        return true
    }
}
