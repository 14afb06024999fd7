public import Crypto

/// Reads of the outbox.
public protocol MailStore {
    /// The mail that is due first, if one is due.
    ///
    /// - Throws: `unavailable`.
    func dueMail(at time: Timestamp) throws(AuthError) -> QueuedMail?

    /// What waits, what was given up, or both, newest first.
    ///
    /// - Parameters:
    ///   - state: Nil for both.
    ///   - page: The requested page.
    /// - Returns: A page.
    /// - Throws: `unavailable`.
    func queuedMail(
        _ state: QueuedMail.State?, _ page: PageRequest
    ) throws(AuthError) -> Page<QueuedMail>

    /// The mail of this id, while it waits or once it was given up.
    ///
    /// - Throws: `unavailable`.
    func queuedMail(_ id: UUID) throws(AuthError) -> QueuedMail?

    /// The mails that were given up, counted up to a limit.
    ///
    /// - Throws: `unavailable`.
    func deadMails(upTo limit: Int) throws(AuthError) -> Int

    /// How many mails wait, and how many were given up.
    ///
    /// - Throws: `unavailable`.
    func mailCounts() throws(AuthError) -> MailCounts
}

/// A mail with what became of it so far.
public struct QueuedMail: Sendable, Equatable {
    /// The mail.
    public let mail: Mail
    /// How often it was tried.
    public let attempts: Int
    /// When it is tried next; nil when it was given up (a dead letter).
    public let nextAttemptAt: Timestamp?
    /// Why the last attempt failed.
    public let lastError: String?

    /// Whether it is tried again.
    public enum State: String, Sendable, CaseIterable {
        /// It waits for its next attempt.
        case waiting
        /// It was given up.
        case dead
    }

    /// Whether it is tried again.
    public var state: State { nextAttemptAt == nil ? .dead : .waiting }

    /// A queued mail from its parts.
    public init(mail: Mail, attempts: Int, nextAttemptAt: Timestamp?, lastError: String?) {
        self.mail = mail
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.lastError = lastError
    }
}

/// The state of the outbox in two numbers.
public struct MailCounts: Sendable, Equatable {
    /// Mails that wait for their next attempt.
    public let waiting: Int
    /// Mails that were given up.
    public let dead: Int

    /// Counts from their parts.
    public init(waiting: Int, dead: Int) {
        self.waiting = waiting
        self.dead = dead
    }
}

/// What a transaction does to the outbox.
public protocol MailTransaction {
    /// Adds a mail, due at once; the rule is `post`.
    func enqueue(_ mail: AdmittedMail) throws(AuthError)

    /// How many mails wait for their next attempt; where others write, too, a moment ago, and up to
    /// `Mail.maximumWaiting`.
    func waitingMails() throws(AuthError) -> Int

    /// When mails to a recipient were counted after a time, in any order.
    ///
    /// - Parameters:
    ///   - recipient: A MAC of the address.
    ///   - share: Which of them.
    ///   - time: Those of before are left out.
    /// - Returns: Their times.
    /// - Throws: `unavailable`.
    func mailTimes(
        to recipient: Digest, of share: MailShare, since time: Timestamp
    ) throws(AuthError) -> [Timestamp]

    /// Counts a mail to a recipient; for a day, whatever becomes of the mail.
    func noteMail(
        to recipient: Digest, of share: MailShare, at time: Timestamp
    ) throws(AuthError)

    /// Mails of the outbox, whatever became of them, in the order of their ids.
    ///
    /// - Parameters:
    ///   - id: The last one of the batch before; nil for the first.
    ///   - limit: The most that are returned.
    /// - Returns: A batch; an empty one is the end.
    /// - Throws: `unavailable`.
    func mails(after id: UUID?, limit: Int) throws(AuthError) -> [Mail]

    /// Updates the content and the account of a mail; false when it is gone.
    func updateMail(_ mail: Mail) throws(AuthError) -> Bool

    /// Updates a mail after a failed attempt.
    ///
    /// - Parameters:
    ///   - id: The mail's.
    ///   - nextAttemptAt: When it is tried next; nil to give it up.
    ///   - error: Why it failed; holds no secret.
    /// - Throws: `unavailable`.
    func noteFailure(
        ofMail id: UUID, nextAttemptAt: Timestamp?, error: String
    ) throws(AuthError)

    /// Deletes a mail; false when it is gone.
    @discardableResult
    func deleteMail(_ id: UUID) throws(AuthError) -> Bool

    /// Deletes the mails of an account, also those that were given up.
    func deleteMails(of accountID: UUID) throws(AuthError)

    /// Updates mails as due now, those given up too.
    ///
    /// - Parameter id: Which; nil for all that are not due yet.
    /// - Returns: How many.
    /// - Throws: `unavailable`.
    func retryMail(_ id: UUID?) throws(AuthError) -> Int
}
