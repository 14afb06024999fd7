import ArgumentParser
import Auth
import Crypto
import Storage

/// `lunauth user`: accounts, beside a running server or without one.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract:
            "Create, list, approve, verify, disable, unlock or delete accounts; set passwords.",
        subcommands: [
            Create.self, List.self, Approve.self, Verify.self, Disable.self, Unlock.self,
            Delete.self,
            Password.self,
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
        @Option(help: "owner, admin, member or user.", transform: role) var role = Account.Role
            .member

        func run() throws {
            let password = try PasswordPrompt.newPassword()
            try Administration.run(options) { service in
                let account = try service.createAccount(
                    email: email, name: name, password: password, role: role)
                print("created \(account.email) (\(account.role.rawValue), \(account.id))")
            }
        }

        private static func role(_ text: String) throws -> Account.Role {
            guard let role = Account.Role(rawValue: text) else {
                throw ValidationError("expected owner, admin, member or user")
            }
            return role
        }
    }

    /// `lunauth user list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List accounts, oldest first, a line each.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            try Administration.run(options) { service in
                var last: UUID?
                while true {
                    let page = try service.accounts(after: last, limit: 500)
                    for account in page {
                        print(
                            account.id, account.email, account.role.rawValue, account.tier.rawValue,
                            account.status.rawValue, account.createdAt.rfc3339, account.name,
                            account.emailVerifiedAt == nil ? "unconfirmed" : "confirmed",
                            separator: "\t")
                    }
                    guard let end = page.last else { return }
                    last = end.id
                }
            }
        }
    }

    /// `lunauth user approve`.
    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve", abstract: "Make a pending or disabled account active.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                let account = try service.setStatus(.active, ofEmail: email)
                let isConfirmed = account?.emailVerifiedAt != nil
                try Administration.report(
                    account, isConfirmed ? "is active" : "is active; the address is not confirmed")
            }
        }
    }

    /// `lunauth user verify`.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Confirm the address of an account by your own word, without a mail.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                let account = try service.confirmEmail(ofEmail: email)
                try Administration.report(account, "is confirmed")
            }
        }
    }

    /// `lunauth user disable`.
    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable", abstract: "Disable an account and end its sessions.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                let account = try service.setStatus(.disabled, ofEmail: email)
                try Administration.report(account, "is disabled")
            }
        }
    }

    /// `lunauth user unlock`.
    struct Unlock: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unlock",
            abstract: "Forget the wrong passwords that count at an account; its right one is taken."
        )

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                let account = try service.unlock(ofEmail: email)
                try Administration.report(account, "is unlocked")
            }
        }
    }

    /// `lunauth user delete`.
    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete",
            abstract: "Delete an account with its sessions, keys and waiting mails.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                let account = try service.deleteAccount(ofEmail: email)
                try Administration.report(account, "is deleted")
            }
        }
    }

    /// `lunauth user password`.
    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password",
            abstract: """
                Set a password, read from the terminal or stdin; end all sessions and forget wrong \
                passwords.
                """)

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            let password = try PasswordPrompt.newPassword()
            try Administration.run(options) { service in
                let account = try service.setPassword(password, ofEmail: email)
                try Administration.report(account, "has a new password")
            }
        }
    }
}

/// Runs the domain's verbs for one command, on the database of the server.
enum Administration {
    /// Opens the store, does the work and closes the store.
    static func run(
        _ options: ConfigurationOptions, _ work: (AuthService) throws -> Void
    ) throws {
        do {
            let loaded = try options.load()
            try DataDirectory.make(loaded.values.dataDirectory)
            let storage = try Storage(loaded.storage)
            defer { storage.close() }
            let iterations = loaded.values.password.iterations
            let mail = loaded.values.mail
            let sealingKeys = SealingKeys(
                mail.transport == .none
                    ? [] : try SecretKeys(loaded).sealingKeys(at: WallClock.now()))
            let service = AuthService(
                store: storage.store(mayWait: true),
                passwords: PasswordHasher(
                    iterations: iterations, function: PBKDF2.selected(), gate: OpenGate()),
                tokens: TokenAuthority(TokenKeys(try KeyRing(current: Secret.random()))),
                throttle: Throttle(isEnabled: false, now: { 0 }), mail: mail.writer(sealingKeys),
                rules: loaded.rules, now: WallClock.now)
            defer { OperatorLog.record(service, storage, of: loaded) }
            try work(service)
        } catch {
            throw Exit.error(for: error)
        }
    }

    /// Says what became of an account.
    static func report(_ account: Account?, _ sentence: String) throws {
        guard let account else { throw Exit.failure.because("nobody has this email") }
        print("\(account.email) \(sentence)")
    }
}

/// One command derives one key: there is nobody to wait for.
private struct OpenGate: HashingGate {
    func withTurn<Value>(_ work: () -> Value) throws(AuthError) -> Value { work() }
}
