import Auth
import Logging
import Synchronization

/// Keeps a mailer running: restarts it when it has ended, and when the website has changed.
///
/// Confined to the outbox worker's thread.
final class MailerSupervisor {
    private let path: String
    private let configuration: Configuration.Mail
    private let end: ShutdownDeadline
    private let logger: Logger
    private let statistics: MailStatistics
    private let startLimit: Duration
    private var mailer: MailerProcess?
    /// The configuration that the mailer was sent.
    private var website: Origin?
    /// Why there is no mailer, so that it is logged once.
    private var fault: MailerError?

    /// Creates a supervisor that has started nothing.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - configuration: With a transport.
    ///   - end: The deadline for the mailer.
    ///   - logger: Receives failures.
    ///   - statistics: Records whether the mailer runs.
    ///   - startLimit: How long the mailer may take to start.
    init(
        path: String, configuration: Configuration.Mail, end: ShutdownDeadline, logger: Logger,
        statistics: MailStatistics, startLimit: Duration = .seconds(10)
    ) {
        self.path = path
        self.configuration = configuration
        self.end = end
        self.logger = logger
        self.statistics = statistics
        self.startLimit = startLimit
    }

    /// The mailer, started where it does not run.
    ///
    /// - Parameter website: The public origin: setup may change it, and every mail contains it.
    /// - Returns: Nil when there is none now; the reason is logged.
    func mailer(for website: Origin) -> MailerProcess? {
        if website != self.website { mailer = nil }
        if let mailer, mailer.hasEnded { lose(.gone) }
        if let mailer { return mailer }
        do throws(MailerError) {
            mailer = try start(for: website)
        } catch {
            note(error)
            return nil
        }
        self.website = website
        statistics.isMailerAlive.store(true, ordering: .relaxed)
        if fault != nil { logger.notice("the mailer was started again") }
        fault = nil
        return mailer
    }

    /// Gives up a mailer that is of no use any more.
    func lose(_ error: MailerError) {
        mailer = nil
        note(error)
    }

    /// Starts a mailer.
    ///
    /// - Parameter website: The public origin.
    /// - Returns: It, ready for orders.
    /// - Throws: `unusable` when the configuration is wrong.
    func start(for website: Origin) throws(MailerError) -> MailerProcess {
        guard let configuration = configuration.mailer(website: website) else {
            throw .unusable("there is no transport")
        }
        return try MailerProcess(
            path: path, configuration: configuration, within: startLimit, end: end)
    }

    private func note(_ error: MailerError) {
        statistics.isMailerAlive.store(false, ordering: .relaxed)
        guard error != fault else { return }
        fault = error
        logger.error("\(error)")
    }
}
