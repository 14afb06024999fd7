import API
import ArgumentParser
import Auth
import Crypto

/// `lunauth mail`: the outbox, beside a running server or without one.
struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "List mails that wait or were given up; try them again; send a test mail.",
        subcommands: [List.self, Retry.self, Test.self])

    /// `lunauth mail list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List mails that were not sent yet, newest first, a line each.")

        @OptionGroup var options: ConfigurationOptions
        @OptionGroup var listOptions: ListOptions

        func run() throws {
            try Administration.run(options) { service in
                _ = try ListPrinter.printAll(
                    Self.listing, listOptions, page: { try service.outbox.queuedMail($0) })
            }
        }

        private static var listing: Listing<QueuedMail> {
            Listing(
                columns: [
                    .init("ID") { $0.mail.id.description }, .init("KIND") { $0.mail.kind.rawValue },
                    .init("RECIPIENT") { $0.mail.recipient.address },
                    .init("CREATED") { $0.mail.createdAt.rfc3339 },
                    .init("ATTEMPTS") { "\($0.attempts)" },
                    .init("NEXT") { $0.nextAttemptAt?.rfc3339 ?? "given up" },
                    .init("ERROR") { $0.lastError ?? "" },
                ], object: \.json)
        }
    }

    /// `lunauth mail retry`.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Try a mail again now; without an id all that wait or were given up.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The id of a mail, from `lunauth mail list`.", transform: UUID.argument)
        var id: UUID?

        func run() throws {
            try Administration.run(options) { service in
                let count = try service.outbox.retryMail(id)
                try StandardOutput.line(count.of("mail is", "mails are") + " tried again")
            }
        }
    }
}
