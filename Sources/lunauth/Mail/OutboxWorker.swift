import Auth
import Crypto
import System
import Logging
import Mail
import Synchronization

/// Takes mails out of the outbox, one at a time, and has the mailer send them.
///
/// A mail leaves the outbox when the mailer reports that it was sent, so it is sent at least once: a
/// crash in between sends it again under the same Message-ID.
final class OutboxWorker: Sendable {
    /// How much longer than two deliveries the mailer may take: it tries once more over another
    /// connection when one turns out to be stale.
    private static let grace = Duration.seconds(10)
    /// How long after a failed start, or a fault of the database, the next attempt comes.
    private static let pause = Duration.seconds(5)
    /// How often the outbox is looked at for mails that another process put there or that are due.
    private static let interval = Duration.seconds(1)
    /// How long the end of the daemon waits for the mail that is under way.
    private static let endLimit = Duration.seconds(5)

    private let path: String
    private let configuration: Configuration.Mail
    private let makeService: @Sendable () -> AuthService
    private let logger: Logger
    private let wakeSignal: MailWakeSignal
    private let end = ShutdownDeadline()
    private let thread = Mutex<Thread?>(nil)

    private let statistics: MailStatistics

    /// Creates a worker that has not started.
    ///
    /// - Parameters:
    ///   - path: The mailer.
    ///   - configuration: With a transport.
    ///   - wakeSignal: Signalled when a mail becomes due.
    ///   - statistics: Counts every attempt.
    ///   - logger: Receives failures.
    ///   - makeService: Makes the service of the worker's thread.
    init(
        path: String, configuration: Configuration.Mail, wakeSignal: MailWakeSignal,
        statistics: MailStatistics,
        logger: Logger,
        makeService: @escaping @Sendable () -> AuthService
    ) {
        self.path = path
        self.configuration = configuration
        self.logger = logger
        self.makeService = makeService
        self.wakeSignal = wakeSignal
        self.statistics = statistics
    }

    /// Tries the mailer with its configuration, and begins.
    ///
    /// - Throws: `unusable` when the configuration is wrong, or there is no mailer.
    func start() throws {
        _ = try supervisor().start(for: makeService().websiteURL)
        let thread = try Thread { [self] in run() }
        self.thread.withLock { $0 = thread }
    }

    /// Ends after the mail that is under way, soon: what takes too long is cut off, and sent again
    /// after the next start.
    func stop() {
        end.set(within: Self.endLimit)
        wakeSignal.signal()
        let thread = self.thread.withLock { $0.take() }
        thread?.join()
    }

    private func supervisor() -> MailerSupervisor {
        MailerSupervisor(
            path: path, configuration: configuration, end: end, logger: logger,
            statistics: statistics)
    }

    private func run() {
        let (service, supervisor) = (makeService(), supervisor())
        // So that it is logged once.
        var fault: String?
        while !end.isNear {
            guard let mailer = supervisor.mailer(for: service.websiteURL) else {
                rest()
                continue
            }
            do throws(AuthError) {
                if let mail = try service.outbox.nextMail(unless: { end.isNear }) {
                    let delivery = deliver(mail, for: service.site, by: mailer, of: supervisor)
                    guard let outcome = delivery else { return }
                    settle(mail.queued, outcome, by: service)
                } else {
                    wakeSignal.wait(until: MonotonicClock.now() + Self.interval.nanoseconds)
                }
                fault = nil
            } catch {
                let found = "\(error)"
                if found != fault { logger.error("the outbox: \(found)") }
                fault = found
                rest()
            }
        }
    }

    /// Waits for a failure to pass, whatever is signalled.
    private func rest() {
        let deadline = MonotonicClock.now() + Self.pause.nanoseconds
        while !end.isNear && MonotonicClock.now() < deadline { wakeSignal.wait(until: deadline) }
    }

    /// Has a mail sent.
    ///
    /// - Returns: What became of it; nil when the end of the daemon came first.
    private func deliver(
        _ mail: PreparedMail, for site: SiteAppearance, by mailer: MailerProcess,
        of supervisor: MailerSupervisor
    ) -> MailOutcome? {
        let queued = mail.queued.mail
        guard let kind = MailKind(rawValue: queued.kind.rawValue),
            let language = MailLanguage(rawValue: mail.content.language.rawValue)
        else { return .rejected("there is no template of this kind and language") }
        let order = MailOrder(
            id: queued.id.description, kind: kind, language: language, site: MailSite(site),
            recipient: queued.recipient.address, values: mail.content.values,
            createdAt: queued.createdAt.milliseconds)
        let limit = Duration.seconds(2 * configuration.timeoutSeconds) + Self.grace
        do throws(MailerError) {
            let receipt = try mailer.deliver(order, within: limit)
            let detail = receipt.detail ?? "no reason was given"
            return switch receipt.outcome {
            case .sent: .sent
            case .deferred: .deferred(detail)
            case .rejected: .rejected(detail)
            }
        } catch .tooLong {
            return .rejected("\(MailerError.tooLong)")
        } catch {
            guard !end.isNear else { return nil }
            supervisor.lose(error)
            return .deferred("\(error)")
        }
    }

    /// Writes down what became of a mail, for as long as it takes: without, it would be sent again.
    private func settle(_ queued: QueuedMail, _ outcome: MailOutcome, by service: AuthService) {
        statistics.count(outcome)
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
                return try service.outbox.settle(queued, outcome, nextAttemptAt: next)
            } catch {
                logger.error("what became of mail \(queued.mail.id) is not stored yet: \(error)")
                guard !end.isNear else { return }
                rest()
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

extension MailSite {
    /// The site as mails show it.
    fileprivate init(_ site: SiteAppearance) {
        self.init(
            name: site.name.text, accent: site.accent.hex, support: site.support?.description,
            supportLink: site.support?.link)
    }
}
