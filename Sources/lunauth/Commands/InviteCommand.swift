import ArgumentParser
import Auth
import Storage

/// `lunauth invite`: invitations, beside a running server or without one.
struct InviteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Create or list invitations.",
        subcommands: [Create.self, List.self])

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
            request.lifetime = Lifetime(expiresIn)
            let others =
                request.lifetime == nil
                ? [InvalidInput("expiresIn", "must be a time such as 12h or 30d")] : []
            let wanted = request
            try Administration.run(options) { service in
                let new = try service.createInvite(wanted, others: others, by: .commandLine)
                print("code: \(new.code)\nlink: \(new.link)")
            }
        }
    }

    /// `lunauth invite list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List invitations, newest first, a line each.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let now = WallClock.now()
            try Administration.run(options) { service in
                var next: Cursor?
                repeat {
                    let page = try service.invites(PageRequest(limit: 100, after: next))
                    for invite in page.items {
                        print(
                            invite.id, invite.email?.address ?? "-", invite.role.rawValue,
                            invite.tier.rawValue, "\(invite.uses)/\(invite.maximumUses)",
                            Self.state(of: invite, at: now), invite.createdAt.rfc3339,
                            invite.expiresAt.rfc3339, separator: "\t")
                    }
                    next = page.next
                } while next != nil
            }
        }

        private static func state(of invite: Invite, at now: Timestamp) -> String {
            if invite.isRedeemable(at: now) { return "open" }
            if invite.expiresAt <= now { return "expired" }
            return invite.isPaused ? "paused" : "used"
        }
    }
}
