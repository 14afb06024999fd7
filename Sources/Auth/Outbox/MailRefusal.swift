public import Crypto
import Synchronization

/// A mail that was not sent, and why.
public struct MailRefusal: Sendable, Equatable, CustomStringConvertible {
    /// Why a mail is not sent.
    public enum Cause: Sendable, Equatable {
        /// The recipient has reached a limit; another mail is allowed in so many seconds.
        case recipient(retryAfter: Int)
        /// The address is unconfirmed.
        case unconfirmed
        /// The outbox is full; when to retry, in seconds.
        case outboxFull(retryAfter: Int)

        /// The label of this cause in the metrics.
        public var label: Label {
            switch self {
            case .recipient: .recipient
            case .unconfirmed: .unconfirmed
            case .outboxFull: .outboxFull
            }
        }
    }

    /// A cause without its details.
    public enum Label: String, Sendable, CaseIterable {
        case recipient, unconfirmed
        case outboxFull = "outbox_full"
    }

    /// The kind of mail.
    public let kind: Mail.Kind
    /// The account it concerns; nil if none is known.
    public let accountID: UUID?
    /// Why it was not sent.
    public let cause: Cause

    /// The text for the log, without the address, which a stranger may have entered.
    public var description: String {
        let account = accountID.map { " of account \($0)" } ?? ""
        let why =
            switch cause {
            case .recipient: "its recipient got as many mails as one address gets"
            case .unconfirmed: "its recipient has not confirmed the address"
            case .outboxFull: "the outbox is full"
            }
        return "a mail (\(kind.rawValue))\(account) was not sent: \(why)"
    }

    /// The error for a client that requested the mail.
    var error: AuthError {
        switch cause {
        case .recipient(let seconds): .tooManyRequests(retryAfter: seconds, limit: .recipient)
        case .outboxFull(let seconds): .overloaded(retryAfter: seconds, .outboxFull)
        case .unconfirmed: .emailUnverified
        }
    }
}

/// Counts the mails that were not sent, and reports each to the log.
///
/// Shared by all threads.
public final class MailRefusals: Sendable {
    private let counts = Mutex<[MailRefusal.Label: UInt64]>([:])
    private let report: @Sendable (MailRefusal) -> Void

    /// Creates counters at zero.
    ///
    /// - Parameter report: Called with each refusal, on whichever thread it happens.
    init(report: @escaping @Sendable (MailRefusal) -> Void) {
        self.report = report
    }

    /// The number of mails that were not sent for a cause.
    public func count(_ label: MailRefusal.Label) -> UInt64 {
        counts.withLock { $0[label, default: 0] }
    }

    /// Counts a mail that is not sent.
    @discardableResult
    func note(_ kind: Mail.Kind, of accountID: UUID?, _ cause: MailRefusal.Cause) -> MailRefusal {
        let refusal = MailRefusal(kind: kind, accountID: accountID, cause: cause)
        counts.withLock { $0[cause.label, default: 0] += 1 }
        report(refusal)
        return refusal
    }

    /// Counts a mail that is not sent.
    func note(_ mail: Mail, _ cause: MailRefusal.Cause) -> MailRefusal {
        note(mail.kind, of: mail.accountID, cause)
    }
}
