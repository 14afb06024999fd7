import API
import ArgumentParser
import Auth
import Crypto

/// `lunauth invite`: invitations, beside a running server or without one.
struct InviteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Create, list, pause or revoke invitations.",
        subcommands: [Create.self, List.self, Pause.self, Resume.self, Revoke.self])

    /// `lunauth invite create`.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Create an invitation; its code and link are printed once.")

        @OptionGroup var options: ConfigurationOptions
        @Option(help: "The one address that may use it; it is mailed there.") var email: String?
        @Option(help: "admin, member or user.") var role = "member"
        @Option(help: "free, pro or team.") var tier = "free"
        @Option(help: "How many accounts it may make, 1 to 1000.") var maxUses: Int64 = 1
        @Option(help: "How long it is good: 12h, 7d, 4w, 6m or 1y, at most a year.")
        var expiresIn = "7d"

        func run() throws {
            var request = InviteRequest()
            request.email = email.map(TextInput.text) ?? .absent
            request.role = .text(role)
            request.tier = .text(tier)
            request.maximumUses = maxUses
            request.lifetime = Period.lifetime(expiresIn)
            if request.lifetime == nil {
                request.objections = [
                    InvalidInput("expiresIn", .other("must be a time such as 12h or 30d"))
                ]
            }
            let wanted = request
            try Administration.run(options) { service in
                let new = try service.invites.createInvite(wanted, by: .commandLine)
                try StandardOutput.line("code: \(new.code)\nlink: \(new.link)")
            }
        }
    }

    /// `lunauth invite list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List invitations, newest first, a line each.")

        @OptionGroup var options: ConfigurationOptions
        @OptionGroup var listOptions: ListOptions

        func run() throws {
            try Administration.run(options) { service in
                _ = try ListPrinter.printAll(
                    Self.listing(at: WallClock.now()), listOptions, page: service.invites.invites)
            }
        }

        private static func listing(at now: Timestamp) -> Listing<Invite> {
            Listing(
                columns: [
                    .init("ID") { $0.id.description }, .init("EMAIL") { $0.email?.address ?? "-" },
                    .init("ROLE") { $0.role.rawValue }, .init("TIER") { $0.tier.rawValue },
                    .init("USES") { "\($0.uses)/\($0.maximumUses)" },
                    .init("STATE") { state(of: $0, at: now) },
                    .init("CREATED") { $0.createdAt.rfc3339 },
                    .init("EXPIRES") { $0.expiresAt.rfc3339 },
                ], object: \.json)
        }

        private static func state(of invite: Invite, at now: Timestamp) -> String {
            if invite.isRedeemable(at: now) { return "open" }
            if invite.expiresAt <= now { return "expired" }
            return invite.isPaused ? "paused" : "used"
        }
    }

    /// `lunauth invite pause`.
    struct Pause: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pause", abstract: "Let an invitation make no accounts for a while.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The id, from `lunauth invite list`.", transform: UUID.argument)
        var id: UUID

        func run() throws {
            try Administration.run(options) { service in
                _ = try service.invites.setInvite(id, paused: true, by: .commandLine)
                try StandardOutput.line("\(id) is paused")
            }
        }
    }

    /// `lunauth invite resume`.
    struct Resume: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume", abstract: "Let a paused invitation go on.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The id, from `lunauth invite list`.", transform: UUID.argument)
        var id: UUID

        func run() throws {
            try Administration.run(options) { service in
                _ = try service.invites.setInvite(id, paused: false, by: .commandLine)
                try StandardOutput.line("\(id) goes on")
            }
        }
    }

    /// `lunauth invite revoke`.
    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "End an invitation; accounts it made stay.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The id, from `lunauth invite list`.", transform: UUID.argument)
        var id: UUID

        func run() throws {
            try Administration.run(options) { service in
                try service.invites.removeInvite(id, by: .commandLine)
                try StandardOutput.line("\(id) is revoked")
            }
        }
    }
}
