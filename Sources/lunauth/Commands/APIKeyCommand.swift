import API
import ArgumentParser
import Auth
import Crypto

/// `lunauth apikey`: API keys, beside a running server or without one.
struct APIKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apikey", abstract: "List or revoke API keys.",
        subcommands: [List.self, Revoke.self])

    /// `lunauth apikey list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the keys that are good, newest first, a line each.")

        @OptionGroup var options: ConfigurationOptions
        @OptionGroup var listOptions: ListOptions
        @Option(help: "Those of the account with this email alone.") var email: String?

        func run() throws {
            try Administration.run(options) { service in
                let isThere = try ListPrinter.printAll(Self.listing, listOptions) { page in
                    try service.apiKeys.apiKeys(ofEmail: email, page)
                }
                guard isThere else { throw ExitStatus.failure.fail("no account has this email") }
            }
        }

        private static var listing: Listing<OwnedAPIKey> {
            Listing(
                columns: [
                    .init("ID") { $0.details.key.id.description },
                    .init("EMAIL") { $0.email.address }, .init("NAME") { $0.details.name },
                    .init("PREFIX") { $0.details.prefix },
                    .init("SCOPES") { $0.details.key.scopes.names.joined(separator: ",") },
                    .init("CREATED") { $0.details.createdAt.rfc3339 },
                    .init("EXPIRES") { $0.details.key.expiresAt?.rfc3339 ?? "never" },
                    .init("LAST USED") { $0.details.lastUsedAt?.rfc3339 ?? "never" },
                ], object: \.json)
        }
    }

    /// `lunauth apikey revoke`.
    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "End a key, whosever it is.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The id of a key, from `lunauth apikey list`.", transform: UUID.argument)
        var id: UUID

        func run() throws {
            try Administration.run(options) { service in
                guard try service.apiKeys.revokeAPIKey(id) else {
                    throw ExitStatus.failure.fail("no active key has this id")
                }
                try StandardOutput.line("\(id) is revoked")
            }
        }
    }
}
