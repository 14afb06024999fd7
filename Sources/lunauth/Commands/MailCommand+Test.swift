import ArgumentParser
import Auth
import Crypto
import Glibc

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

        /// How long beyond the limit for one delivery the server may take, in seconds: other mails may
        /// be under way.
        private static let graceSeconds = 15
        /// How often the outbox is looked at, in microseconds.
        private static let step: UInt32 = 200_000

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "Where it goes; it needs no account.") var email: String

        func run() throws {
            let loaded = try Administration.load(options)
            let seconds = loaded.values.mail.timeoutSeconds + Self.graceSeconds
            try Administration.run(loaded) { service in
                guard let id = try service.outbox.sendTestMail(to: email) else {
                    throw ExitStatus.configuration.fail("mail.transport is none: no mail is sent")
                }
                let end = WallClock.now().adding(seconds: Int64(seconds))
                while true {
                    guard let queued = try service.outbox.queuedMail(id) else {
                        return try StandardOutput.line("sent to \(email)")
                    }
                    if queued.attempts > 0 {
                        try service.outbox.dropMail(id)
                        throw ExitStatus.failure.fail("not sent: \(queued.lastError ?? "")")
                    }
                    guard WallClock.now() < end else { break }
                    usleep(Self.step)
                }
                try service.outbox.dropMail(id)
                throw ExitStatus.unavailable.fail(
                    "no server took the mail up within \(seconds) seconds: is it running?")
            }
        }
    }
}
