import Auth
import Mail
import System

extension Check {
    /// Mail.
    static let mailChecks: [Check] = [
        Check("mail.settings", "keys and templates of mails") {
            [MailRules.settings($0.values, $0.storedSettings)]
        },
        Check("mail.server", "greeting, TLS and login of the mail server, by the mailer") {
            MailRules.server($0.values)
        },
        Check("mail.test", "a test mail by the running server, with `--test-mail`") {
            examination in
            guard let recipient = examination.request.testMail else {
                return [.skipped("no --test-mail was asked for")]
            }
            return [MailRules.test(to: recipient, examination.loaded)]
        },
    ]
}

extension Examination {
    /// The settings in the database; nil where none is set up.
    fileprivate var storedSettings: Settings? {
        (try? StoredServer(of: loaded))?.settings
    }
}

/// What mail needs.
enum MailRules {
    /// How long the mailer may take to start.
    private static let start = Duration.seconds(10)
    /// How long beyond its own limit it may take to answer.
    private static let grace = Duration.seconds(5)

    /// What the mailer checks at its start.
    static func settings(_ values: Configuration, _ settings: Settings?) -> Finding {
        guard values.mail.transport != .none else {
            guard settings?.requireEmailVerification == true else {
                return .ok("mail.transport is none: no mail is sent")
            }
            return .error(
                "requireEmailVerification is on and mail.transport is none: people who have not confirmed "
                    + "an address can do nothing, and are sent no link",
                advice: "set mail.transport, or `lunauth config set requireEmailVerification false`"
            )
        }
        do {
            try values.mail.check(website: values.websiteURL)
            return .ok("mails go by \(values.mail.transport.rawValue)")
        } catch {
            return .error("\(error)", advice: "correct the key or the template (docs/mail.md)")
        }
    }

    /// As a mail would go, up to the mail itself; from this shell, not from the sandbox of the unit.
    static func server(_ values: Configuration) -> [Finding] {
        guard var mailer = values.mail.mailer(website: values.websiteURL) else {
            return [.skipped("mail.transport is none")]
        }
        mailer.triesServer = true
        let attempt: MailReceipt
        do throws(MailerError) {
            let process = try MailerProcess(
                path: Environment.programDirectory + "/lunauth-mailer", configuration: mailer,
                within: start, end: ShutdownDeadline())
            attempt = try process.attempt(within: .seconds(mailer.timeoutSeconds) + grace)
        } catch {
            return [
                .error(
                    "\(error)",
                    advice: "see mail.settings, and that lunauth-mailer is beside lunauth")
            ]
        }
        return [finding(attempt, transport: values.mail.transport)]
    }

    /// What an attempt to reach the server says.
    static func finding(
        _ attempt: MailReceipt, transport: Configuration.Mail.Transport
    ) -> Finding {
        let detail = attempt.detail ?? ""
        guard attempt.outcome == .sent else {
            return .error(
                "the mail server cannot be used: \(detail)",
                advice:
                    "check mail.\(transport.rawValue).*, the firewall and the certificate of the server"
            )
        }
        return .ok("\(transport.rawValue): \(detail)")
    }

    /// Through the outbox of the running server.
    static func test(to recipient: String, _ loaded: LoadedConfiguration) -> Finding {
        let test = TestMail(to: recipient, timeoutSeconds: loaded.values.mail.timeoutSeconds)
        var outcome: Result<TestMail.Outcome, any Error> = .success(.noTransport)
        do {
            try Administration.run(loaded) { service in
                outcome = Result { try test.send(by: service) }
            }
        } catch {
            return .error(
                "the database cannot be opened", advice: "see database.* and keys.*")
        }
        switch outcome {
        case .success(let outcome): return finding(outcome, to: recipient)
        case .failure(let error):
            return .error("not sent: \(error)", advice: "name an address, as user@example.org")
        }
    }

    /// What became of a test mail.
    static func finding(_ outcome: TestMail.Outcome, to recipient: String) -> Finding {
        switch outcome {
        case .noTransport:
            .error("mail.transport is none: no mail is sent", advice: "set mail.transport")
        case .sent: .ok("the server sent a mail to \(recipient)")
        case .failed(let reason):
            .error(
                "the server could not send it: \(reason)",
                advice:
                    "where mail.server is ok, let the mail server in by IPAddressAllow= of the unit"
            )
        case .noServer(let seconds):
            .error(
                "no server took the mail up within \(seconds) seconds",
                advice: "start the server, then try again")
        }
    }
}
