public import Crypto

/// A mail whose turn has come, with what its template is filled with.
public struct PreparedMail: Sendable {
    /// The mail.
    public let queued: QueuedMail
    /// By name; links among them are credentials.
    public let values: [String: String]

    /// A prepared mail from its parts.
    public init(queued: QueuedMail, values: [String: String]) {
        self.queued = queued
        self.values = values
    }
}

/// What became of an attempt to send a mail.
public enum MailOutcome: Sendable, Equatable {
    /// Somebody else is responsible for it now.
    case sent
    /// Another attempt may succeed; why this one did not.
    case deferred(String)
    /// No attempt will succeed; why.
    case rejected(String)
}

/// The verbs of whoever sends the mails.
extension OutboxService {
    /// The mail whose turn is next, ready to be sent; those that nobody is to get are removed on the
    /// way.
    ///
    /// - Parameter isEnding: Whether to stop on the way: there may be many that nobody is to get.
    /// - Returns: Nil when none is due.
    /// - Throws: `unavailable`.
    public func nextMail(
        unless isEnding: () -> Bool = { false }
    ) throws(AuthError) -> PreparedMail? {
        while !isEnding(), let queued = try store.dueMail(at: now()) {
            if case .send(let values) = try prepare(queued) {
                return PreparedMail(queued: queued, values: values)
            }
        }
        return nil
    }

    /// Writes down what became of an attempt.
    ///
    /// - Parameters:
    ///   - queued: The mail.
    ///   - outcome: What became of it.
    ///   - next: When it is tried next, where it was deferred; nil to give it up.
    /// - Throws: `unavailable`.
    public func settle(
        _ queued: QueuedMail, _ outcome: MailOutcome, nextAttemptAt next: Timestamp?
    ) throws(AuthError) {
        let id = queued.mail.id
        try store.write { transaction throws(AuthError) in
            switch outcome {
            case .sent: try transaction.removeMail(id)
            case .deferred(let reason):
                try transaction.noteFailure(ofMail: id, nextAttemptAt: next, error: reason)
            case .rejected(let reason):
                try transaction.noteFailure(ofMail: id, nextAttemptAt: nil, error: reason)
            }
        }
    }

    /// What waits in the outbox and what was given up, newest first.
    ///
    /// - Throws: `unavailable`.
    public func queuedMail(_ page: PageRequest) throws(AuthError) -> Page<QueuedMail> {
        try store.queuedMail(page)
    }

    /// How many mails wait, and how many were given up.
    ///
    /// - Throws: `unavailable`.
    public func mailCounts() throws(AuthError) -> MailCounts {
        try store.mailCounts()
    }

    /// Makes mails due at once.
    ///
    /// - Parameter id: Which; nil for all that wait for their next attempt or were given up.
    /// - Returns: How many.
    /// - Throws: `notFound` when there is no mail of this id; `unavailable`.
    public func retryMail(_ id: UUID?) throws(AuthError) -> Int {
        let time = now()
        let count = try store.write { transaction throws(AuthError) in
            try transaction.retryMail(id, at: time)
        }
        guard count > 0 || id == nil else { throw .notFound }
        return count
    }
}
