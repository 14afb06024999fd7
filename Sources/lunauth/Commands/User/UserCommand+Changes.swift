import ArgumentParser
import Auth

extension UserCommand {
    /// `lunauth user approve`.
    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve", abstract: "Make a pending or disabled account active.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                let account = try service.administration.setStatus(.active, ofEmail: email)
                let isConfirmed = account?.emailVerifiedAt != nil
                try Administration.report(
                    account, isConfirmed ? "is active" : "is active; the address is not confirmed")
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
            try Administration.change(options, "is disabled") { service in
                try service.administration.setStatus(.disabled, ofEmail: email)
            }
        }
    }

    /// `lunauth user enable`.
    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable",
            abstract: "Make a disabled account active; one that waits for approval stays pending.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.change(options, "is active") { service in
                try service.administration.enable(email)
            }
        }
    }

    /// `lunauth user role`.
    struct Role: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role",
            abstract: "Give an account a role, or the server to another owner.",
            discussion: """
                With owner the server is handed over: the former owner becomes an administrator, and both \
                are told by mail. Sessions stay; invitations of the former owner are paused.
                """)

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String
        @Argument(help: "owner, admin, member or user.", transform: Account.Role.argument)
        var role: Account.Role

        func run() throws {
            try Administration.change(options, "has the role \(role.rawValue)") { service in
                guard role != .owner else { return try service.administration.handOver(to: email) }
                var change = AccountChange()
                change.role = .text(role.rawValue)
                return try service.administration.changeAccount(ofEmail: email, change)
            }
        }
    }

    /// `lunauth user tier`.
    struct Tier: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tier", abstract: "Change what a customer pays for.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String
        @Argument(help: "free, pro or team.") var tier: String

        func run() throws {
            try Administration.change(options, "has the tier \(tier)") { service in
                var change = AccountChange()
                change.tier = .text(tier)
                return try service.administration.changeAccount(ofEmail: email, change)
            }
        }
    }

    /// `lunauth user rename`.
    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rename", abstract: "Change how a person is addressed.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String
        @Argument(help: "The new name.") var name: String

        func run() throws {
            try Administration.change(options, "has a new name") { service in
                var change = AccountChange()
                change.name = .text(name)
                return try service.administration.changeAccount(ofEmail: email, change)
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
            try Administration.change(options, "is confirmed") { service in
                try service.administration.confirmEmail(ofEmail: email)
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
            try Administration.change(options, "is unlocked") { service in
                try service.administration.unlock(ofEmail: email)
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
            let loaded = try Administration.load(options)
            let password = try PasswordPrompt.newPassword()
            try Administration.run(loaded) { service in
                let account = try service.administration.setPassword(password, ofEmail: email)
                try Administration.report(account, "has a new password")
            }
        }
    }

    /// `lunauth user reset-factors`.
    struct ResetFactors: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-factors",
            abstract: """
                Remove the authenticator app, passkeys and recovery codes of an account; end its sessions and \
                the trust in its browsers.
                """,
            discussion: """
                For a person who has lost all of them, and whom you know otherwise. The password stays; an \
                account without one gets one by mail, or with `lunauth user password`. A mail tells the person.
                """)

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The email of the account.") var email: String

        func run() throws {
            try Administration.run(options) { service in
                guard try service.factors.reset(ofEmail: email) else {
                    throw ExitStatus.failure.fail("no account has this email")
                }
                try StandardOutput.line("\(email) has no second factor and no passkey any more")
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
            try Administration.change(options, "is deleted") { service in
                try service.administration.deleteAccount(ofEmail: email)
            }
        }
    }
}

extension Account.Role {
    /// The role that an argument names.
    static func argument(_ text: String) throws -> Account.Role {
        guard let role = Account.Role(rawValue: text) else {
            throw ValidationError("expected owner, admin, member or user")
        }
        return role
    }
}
