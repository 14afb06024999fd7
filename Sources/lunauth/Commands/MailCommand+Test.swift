import ArgumentParser
import Auth

extension MailCommand {
    /// `lunauth mail test`.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Have the running server send a test mail, and say what became of it.",
            discussion: """
                The mail takes the way of every other: through the outbox, the mailer and what the unit of \
                the service lets out of the machine. It is tried once.
                """)

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "Where it goes; it needs no account.") var email: String

        func run() throws {
            let loaded = try Administration.load(options)
            let test = TestMail(to: email, timeoutSeconds: loaded.values.mail.timeoutSeconds)
            try Administration.run(loaded) { service in
                switch try test.send(by: service) {
                case .noTransport:
                    throw ExitStatus.configuration.fail("mail.transport is none: no mail is sent")
                case .sent: try StandardOutput.line("sent to \(email)")
                case .failed(let reason): throw ExitStatus.failure.fail("not sent: \(reason)")
                case .noServer(let seconds):
                    throw ExitStatus.unavailable.fail(
                        "no server took the mail up within \(seconds) seconds: is it running?")
                }
            }
        }
    }
}
