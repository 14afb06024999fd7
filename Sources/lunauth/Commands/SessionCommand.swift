import API
import ArgumentParser
import Auth
import Crypto

/// `lunauth session`: who is signed in where, beside a running server or without one.
struct SessionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session", abstract: "List or end the sessions of accounts.",
        subcommands: [List.self, Revoke.self])

    /// `lunauth session list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the live sessions of an account, newest first, a line each.")

        @OptionGroup var options: ConfigurationOptions
        @OptionGroup var listOptions: ListOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                let isThere = try ListPrinter.printAll(Self.listing, listOptions) { page in
                    try service.sessions.sessions(ofEmail: email, page)
                }
                guard isThere else { throw ExitStatus.failure.fail("no account has this email") }
            }
        }

        private static var listing: Listing<SessionDetails> {
            Listing(
                columns: [
                    .init("ID") { $0.session.id.description },
                    .init("DEVICE") { Device.label(ofUserAgent: $0.userAgent) },
                    .init("ADDRESS") { $0.address ?? "-" },
                    .init("CREATED") { $0.session.createdAt.rfc3339 },
                    .init("LAST SEEN") { $0.lastSeenAt.rfc3339 },
                    .init("EXPIRES") { $0.session.expiresAt.rfc3339 },
                    .init("USER AGENT") { $0.userAgent ?? "-" },
                ], object: \.json)
        }
    }

    /// `lunauth session revoke`.
    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "End a session, or all sessions of an account.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The id of the session.", transform: id) var id: UUID?
        @Option(help: "The email of an account whose sessions all end.") var all: String?

        func validate() throws {
            guard (id == nil) != (all == nil) else {
                throw ValidationError("expected the id of a session, or --all and an email")
            }
        }

        func run() throws {
            try Administration.run(options) { service in
                if let all {
                    guard let count = try service.sessions.endSessions(ofEmail: all) else {
                        throw ExitStatus.failure.fail("no account has this email")
                    }
                    try StandardOutput.line("ended \(count)")
                } else if let id {
                    guard try service.sessions.endSession(id) else {
                        throw ExitStatus.failure.fail("no active session has this id")
                    }
                    try StandardOutput.line("ended \(id)")
                }
            }
        }

        private static func id(_ text: String) throws -> UUID {
            guard let id = UUID(parsing: text.utf8) else {
                throw ValidationError("expected the id of a session")
            }
            return id
        }
    }
}
