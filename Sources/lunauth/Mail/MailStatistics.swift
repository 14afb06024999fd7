import Auth
import Synchronization

/// What happened to mails since the start.
///
/// Written by the postman, read by anybody.
final class MailStatistics: Sendable {
    /// Attempts that ended with the mail being somebody else's.
    let sent = Atomic(0)
    /// Attempts that are to be made again.
    let deferred = Atomic(0)
    /// Mails that no attempt will send.
    let rejected = Atomic(0)
    /// Whether the mailer runs.
    let isMailerAlive = Atomic(true)

    /// Counts an attempt.
    func count(_ outcome: MailOutcome) {
        switch outcome {
        case .sent: sent.add(1, ordering: .relaxed)
        case .deferred: deferred.add(1, ordering: .relaxed)
        case .rejected: rejected.add(1, ordering: .relaxed)
        }
    }
}
