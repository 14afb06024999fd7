import Auth
import Synchronization

/// What happened to mails since the start.
///
/// Written by the outbox worker, read by any thread.
final class MailStatistics: Sendable {
    /// Attempts after which another system is responsible for the mail.
    let sent = Count()
    /// Attempts that are to be made again.
    let deferred = Count()
    /// Mails that no attempt will send.
    let rejected = Count()
    /// Whether the mailer runs.
    let isMailerAlive = Atomic(true)

    /// Counts an attempt.
    func count(_ outcome: MailOutcome) {
        switch outcome {
        case .sent: sent.add()
        case .deferred: deferred.add()
        case .rejected: rejected.add()
        }
    }

    /// One number.
    final class Count: Sendable {
        private let number = Atomic(0)

        /// The number.
        var value: Int { number.load(ordering: .relaxed) }

        /// Adds one.
        func add() { number.add(1, ordering: .relaxed) }
    }
}
