import ArgumentParser
import Auth
import Crypto

/// `lunauth mail`: the outbox, beside a running server or without one.
struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "List mails that wait or were given up; try them again.",
        subcommands: [List.self, Retry.self])

    /// `lunauth mail list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List mails that were not sent yet, newest first, a line each.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            try Administration.run(options) { service in
                var request: PageRequest? = PageRequest(limit: 100)
                while let page = try request.map(service.queuedMail) {
                    for queued in page.items {
                        let mail = queued.mail
                        print(
                            mail.id, mail.kind.rawValue, mail.recipient,
                            mail.createdAt.rfc3339, queued.attempts,
                            queued.nextAttemptAt?.rfc3339 ?? "given up",
                            queued.lastError ?? "", separator: "\t")
                    }
                    request = page.next.map { PageRequest(limit: 100, after: $0) }
                }
            }
        }
    }

    /// `lunauth mail retry`.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Try a mail again now; without an id all that were given up.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The id of a mail, from `lunauth mail list`.", transform: UUID.argument)
        var id: UUID?

        func run() throws {
            try Administration.run(options) { service in
                let count = try service.retryMail(id)
                print(count.of("mail is", "mails are") + " tried again")
            }
        }
    }
}
