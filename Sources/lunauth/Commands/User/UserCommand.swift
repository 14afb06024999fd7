import API
import ArgumentParser
import Auth
import Crypto
import JSON

/// `lunauth user`: accounts, beside a running server or without one.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Create, list and change accounts; set passwords.",
        subcommands: [
            Create.self, List.self, Show.self, Approve.self, Disable.self, Enable.self, Role.self,
            Tier.self, Rename.self, Verify.self, Unlock.self, Password.self,
            ResetFactors.self, Delete.self,
        ])

    /// `lunauth user create`.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Create an active account; the password is read from the terminal or stdin.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email it signs in with.") var email: String
        @Option(help: "How the person is addressed; the local part of the email without it.")
        var name: String?
        @Option(help: "owner, admin, member or user.", transform: Account.Role.argument)
        var role = Account.Role.member

        func run() throws {
            let loaded = try Administration.load(options, for: .existingOrNew)
            let password = try PasswordPrompt.newPassword()
            try Administration.run(loaded, makingDatabase: true) { service in
                let account = try service.administration.createAccount(
                    email: email, name: name, password: password, role: role)
                try StandardOutput.line(
                    "created \(account.email) (\(account.role.rawValue), \(account.id))")
            }
        }
    }

    /// `lunauth user list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List accounts, oldest first, a line each.")

        @OptionGroup var options: ConfigurationOptions
        @OptionGroup var listOptions: ListOptions

        func run() throws {
            try Administration.run(options) { service in
                var printer = ListPrinter(Self.listing, listOptions)
                var page = try service.administration.accounts(after: nil, limit: 100)
                while let last = page.last {
                    try printer.add(page)
                    page = try service.administration.accounts(after: last.id, limit: 100)
                }
                try printer.end()
            }
        }

        private static var listing: Listing<Account> {
            Listing(
                columns: [
                    .init("ID") { $0.id.description }, .init("EMAIL") { $0.email.address },
                    .init("ROLE") { $0.role.rawValue }, .init("TIER") { $0.tier.rawValue },
                    .init("STATUS") { $0.status.rawValue },
                    .init("CREATED") { $0.createdAt.rfc3339 }, .init("NAME") { $0.name },
                    .init("ADDRESS") { $0.emailVerifiedAt == nil ? "unconfirmed" : "confirmed" },
                ], object: \.json)
        }
    }

    /// `lunauth user show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show an account.")

        @OptionGroup var options: ConfigurationOptions
        @Flag(help: "Print one JSON object.") var json = false
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                guard let account = try service.accounts.overview(ofEmail: email) else {
                    throw ExitStatus.failure.fail("no account has this email")
                }
                try StandardOutput.write(json ? Self.object(account) : Self.text(account))
            }
        }

        private static func object(_ overview: AccountOverview) -> [UInt8] {
            var object = overview.account.json
            object.add(
                "emailVerifiedAt",
                overview.account.emailVerifiedAt.map { .string($0.rfc3339) } ?? .null)
            object.add(
                "methods", .array(overview.methods.map { .string($0.rawValue) }))
            object.add("passwordForm", overview.passwordForm.map { .string($0) } ?? .null)
            object.add("passkeys", .integer(Int64(overview.factors.passkeys)))
            object.add("sessions", .integer(Int64(overview.sessions)))
            object.add("apiKeys", .integer(Int64(overview.apiKeys)))
            return object.encoded() + [UInt8(ascii: "\n")]
        }

        private static func methods(_ overview: AccountOverview) -> String {
            let words = overview.methods.map { method in
                switch method {
                case .passkey: overview.factors.passkeys.of("passkey")
                case .password: "password (\(overview.passwordForm ?? "none"))"
                case .totp, .recovery: method.rawValue
                }
            }
            return words.isEmpty ? "none" : words.joined(separator: ", ")
        }

        private static func text(_ overview: AccountOverview) -> [UInt8] {
            let account = overview.account
            let lines = [
                ("id", account.id.description), ("email", account.email.address),
                ("confirmed", account.emailVerifiedAt?.rfc3339 ?? "no"), ("name", account.name),
                ("role", account.role.rawValue), ("tier", account.tier.rawValue),
                ("status", account.status.rawValue), ("created", account.createdAt.rfc3339),
                ("methods", methods(overview)), ("sessions", "\(overview.sessions)"),
                ("api keys", "\(overview.apiKeys)"),
            ]
            var text: [UInt8] = []
            for (name, value) in lines {
                text += "\(name):\(String(repeating: " ", count: 11 - name.count))".utf8
                JSONText.appendEscaped(value, to: &text, quotes: false)
                text.append(UInt8(ascii: "\n"))
            }
            return text
        }
    }
}
