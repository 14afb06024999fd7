import Crypto

/// Which of a recipient's two budgets a mail counts against.
public enum MailShare: String, Sendable, CaseIterable {
    /// Links that prove who reads an address: confirmation and reset. Notices cannot starve them.
    case links
    /// Everything else.
    case notices

    /// Seconds after which no mail counts any more.
    public static let memory = Self.allCases.map(\.rate.memory).max() ?? 0

    /// How many such mails one recipient gets.
    var rate: MailRate {
        switch self {
        case .links: MailRate(windows: [(10, 3_600)], pace: (3, 60))
        case .notices: MailRate(windows: [(12, 3_600), (30, 86_400)], pace: nil)
        }
    }
}

/// How many mails there may be in a time, going by when those before were written.
struct MailRate {
    /// So many in so many seconds, wherever those begin.
    let windows: [(most: Int, seconds: Int64)]
    /// So many at once, and then one each time so many seconds have passed.
    let pace: (burst: Int, seconds: Int64)?

    /// Seconds after which a mail counts no more.
    var memory: Int64 { windows.map(\.seconds).max() ?? 0 }

    /// How long another mail has to wait.
    ///
    /// - Parameters:
    ///   - times: When those before were written, in any order. What lies in the future was written
    ///     before the clock was put back, and is forgiven.
    ///   - now: Now.
    /// - Returns: Seconds, rounded up; nil when it may be written.
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

    /// By the generic cell rate algorithm, as `TokenBuckets`.
    private func paceWait(after times: [Int64], at now: Timestamp) -> Int64 {
        guard let pace else { return 0 }
        let interval = pace.seconds * 1_000
        let fullAt = times.reduce(Int64.min) { max($0, $1) + interval }
        return max(fullAt, now.milliseconds) - interval * Int64(pace.burst - 1) - now.milliseconds
    }
}

extension Mail.Kind {
    /// Which budget it counts against.
    var share: MailShare {
        switch self {
        case .verify, .welcome, .reset: .links
        default: .notices
        }
    }

    /// Whether it is sent to no address before somebody has proven to read it.
    ///
    /// Of everything but links, invitations and the test that the operator sends, whoever signs up with
    /// the address of another would have it sent there.
    var needsConfirmedAddress: Bool {
        switch self {
        case .verify, .welcome, .reset, .invited, .test: false
        default: true
        }
    }
}

/// Where a mail goes, and whether the person of an account has proven to read what arrives there.
struct Recipient {
    let email: Email
    /// Whose address it is, as far as anybody has proven.
    let accountID: UUID?
    let isConfirmed: Bool

    /// The present address of an account.
    init(_ account: Account) {
        email = account.email
        accountID = account.id
        isConfirmed = account.emailVerifiedAt != nil
    }

    /// The present address of an account, which a link that was sent there has just proven.
    init(provenBy account: Account) {
        email = account.email
        accountID = account.id
        isConfirmed = true
    }

    /// An address that somebody named.
    init(unproven email: Email) {
        self.email = email
        accountID = nil
        isConfirmed = false
    }
}

/// A mail that its recipient's budget and the outbox have room for; made by `Transaction.admit`
/// alone.
public struct AdmittedMail: Sendable {
    /// The mail.
    public let mail: Mail

    fileprivate init(_ mail: Mail) {
        self.mail = mail
    }
}

/// Whether a mail may enter the outbox.
enum MailAdmission {
    /// It was counted.
    case admitted(AdmittedMail)
    /// It was not, and why.
    case refused(MailRefusal)
}

extension Transaction {
    /// Counts a mail against the budget of its recipient, over all kinds.
    ///
    /// Counted in the transaction that would put it into the outbox, and kept in the database: units of
    /// work run one after the other, so that none passes beside another, what is rolled back counts
    /// nothing, and a restart forgets nothing.
    /// - Parameters:
    ///   - mail: The mail.
    ///   - writer: Of the mail.
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

    /// Puts a mail into the outbox, when its recipient's budget and the outbox have room for it.
    ///
    /// - Parameters:
    ///   - mail: The mail; nil where none was written.
    ///   - writer: Of the mail.
    /// - Returns: Why it is not sent; nil when it is, or when there is none.
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
