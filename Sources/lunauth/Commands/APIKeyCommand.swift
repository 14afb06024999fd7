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
        @Option(help: "Those of the account with this email alone.") var email: String?

        func run() throws {
            try Administration.run(options) { service in
                var request: PageRequest? = PageRequest(limit: 100)
                while let present = request {
                    guard let page = try service.apiKeys(ofEmail: email, present) else {
                        throw Exit.failure.because("nobody has this email")
                    }
                    for owned in page.items {
                        let details = owned.details
                        print(
                            details.key.id, owned.email, details.name, details.prefix,
                            details.key.scopes.names.joined(separator: ","),
                            details.createdAt.rfc3339, details.key.expiresAt?.rfc3339 ?? "never",
                            details.lastUsedAt?.rfc3339 ?? "never", separator: "\t")
                    }
                    request = page.next.map { PageRequest(limit: 100, after: $0) }
                }
            }
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
                guard try service.revokeAPIKey(id) else {
                    throw Exit.failure.because("no key that is good has this id")
                }
                print("\(id) is revoked")
            }
        }
    }
}
