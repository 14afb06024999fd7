import Auth
import Crypto
import Linux
import Logging
import Mail
import Storage
import Synchronization

/// Takes mails out of the outbox, one at a time, and has the mailer send them.
///
/// A mail leaves the outbox when the mailer says that it was sent, so it is sent at least once: a
/// crash in between sends it again under the same Message-ID.
final class Postman: Sendable {
    /// How long the mailer may take to start, in seconds.
    private static let startSeconds = 10
    /// How long the mailer may take longer than one delivery may, in seconds.
    private static let graceSeconds = 10
    /// How long after a failed start, or a fault of the database, the next attempt comes.
    private static let pause = Duration.seconds(5)
    /// How often the outbox is looked at for mails that another process put there or that are due.
    private static let interval = Duration.seconds(1)

    private let path: String
    private let configuration: Configuration.Mail
    private let makeService: @Sendable () -> AuthService
    private let logger: Logger
    private let bell: MailBell
    private let isStopping = Atomic(false)
    private let thread = Mutex<Thread?>(nil)

    private let statistics: MailStatistics

    /// A postman that has not begun.
    ///
    /// - Parameters:
    ///   - path: The mailer.
    ///   - configuration: With a transport.
    ///   - bell: Rings when a mail became due.
    ///   - statistics: Told of every attempt.
    ///   - logger: Told of failures.
    ///   - makeService: Makes the service of the postman's thread.
    init(
        path: String, configuration: Configuration.Mail, bell: MailBell, statistics: MailStatistics,
        logger: Logger,
        makeService: @escaping @Sendable () -> AuthService
    ) {
        self.path = path
        self.configuration = configuration
        self.logger = logger
        self.makeService = makeService
        self.bell = bell
        self.statistics = statistics
    }

    /// Tries the mailer with its configuration, and begins.
    ///
    /// - Throws: `unusable` when the configuration is at fault, or there is no mailer.
    func start() throws {
        let mailer = try startMailer(website: makeService().websiteURL)
        withExtendedLifetime(mailer) {}
        let thread = try Thread { [self] in run() }
        self.thread.withLock { $0 = thread }
    }

    /// Ends after the mail that is under way.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        bell.ring()
        let thread = self.thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        thread?.join()
    }

    private func startMailer(website: Origin) throws(MailerError) -> MailerProcess {
        guard let configuration = configuration.mailer(website: website) else { throw .gone }
        let limit = Duration.seconds(Self.startSeconds).nanoseconds
        return try MailerProcess(
            path: path, configuration: configuration, deadline: MonotonicClock.now() + limit)
    }

    private func run() {
        let service = makeService()
        var mailer: MailerProcess?
        var website = service.websiteURL
        while !isStopping.load(ordering: .acquiring) {
            // Setup decides the website anew, which stands in every mail.
            if website != service.websiteURL { mailer = nil }
            do throws(MailerError) {
                if mailer == nil {
                    website = service.websiteURL
                    mailer = try startMailer(website: website)
                    statistics.isMailerAlive.store(true, ordering: .relaxed)
                }
            } catch {
                statistics.isMailerAlive.store(false, ordering: .relaxed)
                logger.error("\(error)")
                bell.wait(for: Self.pause)
                continue
            }
            guard let present = mailer else { continue }
            do {
                guard let mail = try service.nextMail() else {
                    bell.wait(for: Self.interval)
                    continue
                }
                let attempt = deliver(mail, by: present)
                if attempt.isMailerGone {
                    mailer = nil
                    statistics.isMailerAlive.store(false, ordering: .relaxed)
                }
                settle(mail, attempt.outcome, by: service)
            } catch {
                logger.error("the outbox: \(error)")
                bell.wait(for: Self.pause)
            }
        }
    }

    private func deliver(
        _ mail: PreparedMail, by mailer: MailerProcess
    ) -> (outcome: MailOutcome, isMailerGone: Bool) {
        guard let kind = MailKind(rawValue: mail.queued.mail.kind.rawValue) else {
            return (.rejected("there is no template of this kind"), false)
        }
        let order = MailOrder(
            id: mail.queued.mail.id.description, kind: kind,
            recipient: mail.queued.mail.recipient.address, values: mail.values,
            createdAt: mail.queued.mail.createdAt.milliseconds)
        let limit = Duration.seconds(configuration.timeoutSeconds + Self.graceSeconds).nanoseconds
        do throws(MailerError) {
            let receipt = try mailer.deliver(order, until: MonotonicClock.now() + limit)
            let detail = receipt.detail ?? "no reason was given"
            return switch receipt.outcome {
            case .sent: (.sent, false)
            case .deferred: (.deferred(detail), false)
            case .rejected: (.rejected(detail), false)
            }
        } catch {
            return (.deferred("\(error)"), true)
        }
    }

    /// Writes down what became of a mail, for as long as it takes: without, it would be sent again.
    private func settle(_ mail: PreparedMail, _ outcome: MailOutcome, by service: AuthService) {
        statistics.count(outcome)
        let queued = mail.queued
        let now = WallClock.now()
        let next: Timestamp? =
            switch outcome {
            case .sent, .rejected: nil
            case .deferred:
                RetrySchedule.next(
                    after: queued.attempts + 1, of: queued.mail.createdAt, now: now)
            }
        report(queued, outcome, isGivenUp: next == nil)
        while true {
            do throws(AuthError) {
                return try service.settle(queued, outcome, nextAttemptAt: next)
            } catch {
                logger.error("what became of mail \(queued.mail.id) is not stored yet: \(error)")
                guard !isStopping.load(ordering: .acquiring) else { return }
                bell.wait(for: Self.pause)
            }
        }
    }

    private func report(_ queued: QueuedMail, _ outcome: MailOutcome, isGivenUp: Bool) {
        let name = "mail \(queued.mail.id) (\(queued.mail.kind.rawValue))"
        switch outcome {
        case .sent: logger.info("\(name) was sent")
        case .deferred(let reason) where !isGivenUp:
            logger.warning("\(name) could not be sent, and is tried again: \(reason)")
        case .deferred(let reason), .rejected(let reason):
            logger.error("\(name) was given up: \(reason)")
        }
    }
}
