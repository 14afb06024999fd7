import Auth
import Web

extension Check {
    /// Setup.
    static let setupChecks: [Check] = [
        Check("setup.open", "whether the setup page still waits for its owner") { examination in
            let hasOwner: Bool
            do {
                hasOwner = try examination.databaseFacts().hasOwner
            } catch {
                guard !examination.loaded.hasDatabase else {
                    return [.skipped("the database cannot be read; see database.*")]
                }
                hasOwner = false
            }
            return [
                SetupRules.open(
                    hasOwner: hasOwner, isReachable: examination.values.isReachable,
                    isRunning: examination.host.server != nil)
            ]
        },
        Check("setup.code", "whether a client can guess the setup code") {
            $0.loaded.layers.findings(
                of: .setupCode,
                advice: "choose 16 random characters or more, or unset it after setup"
            ).orOK(
                $0.loaded.layers.secrets[.setupCode] == nil
                    ? "each start makes a random one while there is no owner"
                    : "it has at least 16 characters")
        },
    ]
}

extension Configuration {
    /// Whether other machines reach the server, directly or by the name of its site.
    fileprivate var isReachable: Bool {
        listen.contains(where: \.isBeyondThisMachine) || !websiteURL.isOnThisMachine
    }
}

/// What setup has to be like.
enum SetupRules {
    /// The first person with the code becomes the owner.
    static func open(hasOwner: Bool, isReachable: Bool, isRunning: Bool) -> Finding {
        guard !hasOwner else { return .ok("an owner exists") }
        guard isReachable, isRunning else {
            return .ok("no owner exists yet; the setup page is not open to other machines")
        }
        return .warning(
            "no owner exists yet, and other machines reach the setup page: the first with the setup code "
                + "becomes the owner",
            advice:
                "set the server up now, by the link in its log, or create the owner with `lunauth user create "
                + "EMAIL --role owner`")
    }
}
