public import Crypto

/// The outbox, as the sender of mails sees it.
public protocol MailStore {
    /// The next mail to send, if it is due.
    ///
    /// - Throws: `unavailable`.
    func dueMail(at time: Timestamp) throws(AuthError) -> QueuedMail?

    /// The mails that wait and those that were given up, newest first.
    ///
    /// - Throws: `unavailable`.
    func queuedMail(_ page: PageRequest) throws(AuthError) -> Page<QueuedMail>

    /// The mail with this id, whether it waits or was given up.
    ///
    /// - Throws: `unavailable`.
    func queuedMail(_ id: UUID) throws(AuthError) -> QueuedMail?

    /// How many mails wait, and how many were given up.
    ///
    /// - Throws: `unavailable`.
    func mailCounts() throws(AuthError) -> MailCounts
}

/// A mail with the state of its delivery.
public struct QueuedMail: Sendable, Equatable {
    /// The mail.
    public let mail: Mail
    /// The number of attempts so far.
    public let attempts: Int
    /// When the next attempt is due; nil when the mail was given up (a dead letter).
    public let nextAttemptAt: Timestamp?
    /// Why the last attempt failed.
    public let lastError: String?

    /// Creates a queued mail from its parts.
    public init(mail: Mail, attempts: Int, nextAttemptAt: Timestamp?, lastError: String?) {
        self.mail = mail
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.lastError = lastError
    }
}

/// The number of mails in the outbox, by state.
public struct MailCounts: Sendable, Equatable {
    /// Mails that wait for their next attempt.
    public let waiting: Int
    /// Mails that were given up.
    public let dead: Int

    /// Creates counts from their parts.
    public init(waiting: Int, dead: Int) {
        self.waiting = waiting
        self.dead = dead
    }
}

/// What a transaction does to the outbox.
public protocol MailTransaction {
    /// Adds a mail, due at once.
    func enqueue(_ mail: AdmittedMail) throws(AuthError)

    /// How many mails wait for their next attempt.
    func waitingMails() throws(AuthError) -> Int

    /// When mails to a recipient were counted, since the given time, in any order.
    ///
    /// - Parameters:
    ///   - recipient: A MAC of the address.
    ///   - share: The limit they count against.
    ///   - time: Earlier mails are left out.
    /// - Returns: Their times.
    /// - Throws: `unavailable`.
    func mailTimes(
        to recipient: Digest, of share: MailShare, since time: Timestamp
    ) throws(AuthError) -> [Timestamp]

    /// Counts a mail to a recipient, for a day, whatever happens to the mail.
    func noteMail(
        to recipient: Digest, of share: MailShare, at time: Timestamp
    ) throws(AuthError)

    /// Mails of the outbox in any state, in the order of their ids.
    ///
    /// - Parameters:
    ///   - id: The last id of the previous batch; nil for the first batch.
    ///   - limit: The most mails to return.
    /// - Returns: A batch; empty at the end.
    /// - Throws: `unavailable`.
    func mails(after id: UUID?, limit: Int) throws(AuthError) -> [Mail]

    /// Replaces the content of a waiting mail; false when it is gone.
    func refill(_ mail: Mail) throws(AuthError) -> Bool

    /// Stores a failed attempt.
    ///
    /// - Parameters:
    ///   - id: The mail.
    ///   - nextAttemptAt: When the next attempt is due; nil to give the mail up.
    ///   - error: Why it failed; contains no secret.
    /// - Throws: `unavailable`.
    func noteFailure(
        ofMail id: UUID, nextAttemptAt: Timestamp?, error: String
    ) throws(AuthError)

    /// Removes a mail that was sent, or that has no recipient any more.
    func removeMail(_ id: UUID) throws(AuthError)

    /// Makes mails due at once, including those that were given up.
    ///
    /// - Parameters:
    ///   - id: The mail; nil for all that are not due yet.
    ///   - time: Now.
    /// - Returns: The number of mails made due.
    /// - Throws: `unavailable`.
    func retryMail(_ id: UUID?, at time: Timestamp) throws(AuthError) -> Int
}
