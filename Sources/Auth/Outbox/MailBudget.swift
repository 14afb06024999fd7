import Crypto

/// Which of a recipient's two limits a mail counts against.
public enum MailShare: String, Sendable, CaseIterable {
    /// Links that confirm an address or reset a password; notices cannot use up their limit.
    case links
    /// Everything else.
    case notices

    /// Seconds after which no mail counts any more.
    public static let memory = Self.allCases.map(\.rate.memory).max() ?? 0

    /// How many such mails one recipient is sent.
    var rate: MailRate {
        switch self {
        case .links: MailRate(windows: [(10, 3_600)], pace: (3, 60))
        case .notices: MailRate(windows: [(12, 3_600), (30, 86_400)], pace: nil)
        }
    }
}

/// A limit on the mails of a period, computed from the times of the previous ones.
struct MailRate {
    /// The most mails in any period of so many seconds.
    let windows: [(most: Int, seconds: Int64)]
    /// A burst, and the seconds after which each further mail is allowed.
    let pace: (burst: Int, seconds: Int64)?

    /// Seconds after which a mail no longer counts.
    var memory: Int64 { windows.map(\.seconds).max() ?? 0 }

    /// How long the next mail has to wait.
    ///
    /// - Parameters:
    ///   - times: When the previous ones were created, in any order. Times in the future, from before
    ///     the clock was set back, are ignored.
    ///   - now: Now.
    /// - Returns: Seconds, rounded up; nil when the mail is allowed now.
    func wait(after times: [Timestamp], at now: Timestamp) -> Int64? {
        let times = times.map(\.milliseconds).filter { $0 <= now.milliseconds }.sorted()
        let waits = windows.map { wait(after: times, $0.most, in: $0.seconds, at: now) }
        let longest = (waits + [paceWait(after: times, at: now)]).max() ?? 0
        return longest > 0 ? (longest + 999) / 1_000 : nil
    }

    private func wait(
        after times: [Int64], _ most: Int, in seconds: Int64, at now: Timestamp
    ) -> Int64 {
        let recent = times.filter { $0 > now.milliseconds - seconds * 1_000 }
        guard recent.count >= most else { return 0 }
        return recent[recent.count - most] + seconds * 1_000 - now.milliseconds
    }

    /// Applies the generic cell rate algorithm, like `TokenBuckets`.
    private func paceWait(after times: [Int64], at now: Timestamp) -> Int64 {
        guard let pace else { return 0 }
        let interval = pace.seconds * 1_000
        let fullAt = times.reduce(Int64.min) { max($0, $1) + interval }
        return max(fullAt, now.milliseconds) - interval * Int64(pace.burst - 1) - now.milliseconds
    }
}

extension Mail.Kind {
    /// The limit that it counts against.
    var share: MailShare {
        switch self {
        case .verify, .welcome, .reset, .passwordless: .links
        default: .notices
        }
    }

    /// Whether it is sent to confirmed addresses only.
    ///
    /// True for everything but links, invitations and the operator's test mail: otherwise any client could
    /// have such mail sent to another person by signing up with their address.
    var needsConfirmedAddress: Bool {
        switch self {
        case .verify, .welcome, .reset, .passwordless, .invited, .test: false
        default: true
        }
    }
}

/// Where a mail goes, in which language, and whether the account's holder has confirmed that address.
struct Recipient {
    let email: Email
    /// The language of the mail.
    let language: Language
    /// The account for which the address is confirmed, if any.
    let accountID: UUID?
    let isConfirmed: Bool

    /// The present address of an account.
    init(_ account: Account) {
        email = account.email
        language = account.language ?? .en
        accountID = account.id
        isConfirmed = account.emailVerifiedAt != nil
    }

    /// The present address of an account, just confirmed by a link that was sent there.
    init(provenBy account: Account) {
        email = account.email
        language = account.language ?? .en
        accountID = account.id
        isConfirmed = true
    }

    /// An address that a client entered.
    ///
    /// - Parameters:
    ///   - email: The address.
    ///   - language: The language of the account that it is to belong to or, without one, of the person
    ///     who asks for the mail; nil when neither is known.
    init(unproven email: Email, language: Language? = nil) {
        self.email = email
        self.language = language ?? .en
        accountID = nil
        isConfirmed = false
    }
}

/// A mail that passed the limits of its recipient and of the outbox; created by `Transaction.admit`
/// only.
public struct AdmittedMail: Sendable {
    /// The mail.
    public let mail: Mail

    fileprivate init(_ mail: Mail) {
        self.mail = mail
    }
}

/// Whether a mail may enter the outbox.
enum MailAdmission {
    /// It was counted and may.
    case admitted(AdmittedMail)
    /// It may not, and why.
    case refused(MailRefusal)
}

extension Transaction {
    /// Counts a mail against the limits of its recipient, over all kinds.
    ///
    /// Counted in the transaction that queues the mail, and stored in the database: transactions run one
    /// after the other, so concurrent mails cannot exceed the limit, a rollback undoes the count, and a
    /// restart loses nothing.
    /// - Parameters:
    ///   - mail: The mail.
    ///   - writer: The writer that created the mail.
    /// - Returns: The mail for `enqueue`, or why it may not be sent.
    /// - Throws: `unavailable`.
    func admit(_ mail: Mail, by writer: MailWriter) throws(AuthError) -> MailAdmission {
        let (share, time, throttle) = (mail.kind.share, mail.createdAt, writer.throttle)
        guard try waitingMails() < Mail.maximumWaiting else {
            return .refused(throttle.mailRefusals.note(mail, .outboxFull(retryAfter: 60)))
        }
        guard throttle.isLimiting else { return .admitted(AdmittedMail(mail)) }
        let recipient = throttle.failedLogins.key(ofAddress: mail.recipient.address)
        let times = try mailTimes(
            to: recipient, of: share, since: time.adding(seconds: -share.rate.memory))
        if let wait = share.rate.wait(after: times, at: time) {
            return .refused(throttle.mailRefusals.note(mail, .recipient(retryAfter: Int(wait))))
        }
        try noteMail(to: recipient, of: share, at: time)
        return .admitted(AdmittedMail(mail))
    }

    /// Queues a mail in the place of another one of the same share, which was counted when it was queued.
    ///
    /// - Parameters:
    ///   - mail: The mail that is removed.
    ///   - other: The mail to the same recipient; nil if none was created.
    /// - Throws: `unavailable`.
    func replace(_ mail: Mail, by other: Mail?) throws(AuthError) {
        guard try deleteMail(mail.id), let other else { return }
        try enqueue(AdmittedMail(other))
    }

    /// Queues a mail, if the limits of its recipient and of the outbox allow it.
    ///
    /// - Parameters:
    ///   - mail: The mail; nil if none was created.
    ///   - writer: The writer that created the mail.
    /// - Returns: Why it was not queued; nil when it was, or when there is none.
    /// - Throws: `unavailable`.
    @discardableResult
    func post(_ mail: Mail?, by writer: MailWriter) throws(AuthError) -> MailRefusal? {
        guard let mail else { return nil }
        switch try admit(mail, by: writer) {
        case .admitted(let admitted):
            try enqueue(admitted)
            return nil
        case .refused(let refusal): return refusal
        }
    }
}
