import Auth

extension English: ForwardAuthTexts {
    func deniedTitle(_ host: String?) -> String {
        host.map { "This account cannot open \($0)" } ?? "This account cannot open the application"
    }

    func deniedLead(_ cause: DenialCause) -> String {
        switch cause {
        case .pending: "You are signed in, but your account is still waiting for approval."
        case .unconfirmed: "You are signed in, but your email is not confirmed yet."
        case .role(.owner): "You are signed in, but this application is for the owner only."
        case .role(.admin): "You are signed in, but this application is for administrators only."
        case .role(.member): "You are signed in, but this application is for members only."
        case .role(.user), .unknown:
            "You are signed in, but this account does not have what the application requires."
        case .tier(let tier):
            "You are signed in, but this application needs the plan “\(name(of: tier))”."
        }
    }

    var requiredRole: String { "Required role" }
    var requiredPlan: String { "Required plan" }
    func backTo(_ host: String) -> String { "Back to \(host)" }

    func shouldHaveAccess(support: String?) -> HTML {
        html {
            "Should you have access? "
            if let support {
                a(support) { "Ask for help" }
            } else {
                "Contact an administrator"
            }
            " and include the request ID."
        }
    }
}
