import Auth

extension English: RegistrationTexts {
    var createYourAccount: String { "Create your account" }
    var reviewedFirst: String { "An administrator reviews new accounts before they can be used." }
    var nameVisibleToMembers: String { "Visible to other members." }
    var createAccountButton: String { "Create account" }
    var signInInstead: String { "Sign in instead" }
    var accountNotCreated: String { "No account was created" }

    func invited(
        by name: String?, as role: Account.Role, on tier: Account.Tier, until time: HTML
    ) -> HTML {
        html {
            if let name {
                b {
                    bdi(name)
                    " invited you."
                }
            } else {
                b { "You are invited." }
            }
            switch role {
            case .owner, .admin: " You will join as an administrator"
            case .member: " You will join as a member"
            case .user: " You will join as a customer"
            }
            " on the \(self.name(of: tier)) plan. The invitation expires "
            time
            "."
        }
    }

    var invitedEmailHint: String { "The invitation is for this email." }
    func invitedAnotherEmail(_ email: String) -> String {
        "The invitation is for \(email). Use that email."
    }

    func title(of state: Invite.State) -> String {
        switch state {
        case .open: "This invitation is for another email"
        case .usedUp: "This invitation was used"
        case .expired: "This invitation has expired"
        case .paused: "This invitation is paused"
        }
    }

    func advice(for state: Invite.State) -> String {
        switch state {
        case .open: "Use the email that it was sent to."
        case .usedUp: "If it was you, sign in. Otherwise, ask for a new invitation."
        case .expired: "Ask the person who invited you for a new one."
        case .paused: "Ask the person who invited you to resume it."
        }
    }

    var unknownInvitation: String { "This invitation does not exist" }
    var unknownInvitationAdvice: String {
        "The link may be incomplete, or the invitation was deleted. Open the link again, or ask for a "
            + "new invitation."
    }
    var registerWithoutInvitation: String { "Register without an invitation" }

    var accountWaitsLead: String {
        "An administrator will review it. You do not need to do anything."
    }
    func confirmEmailFirst(_ email: String) -> String {
        "Confirm your email first: open the link that we sent to \(email). The administrators are notified "
            + "of your account afterwards."
    }
}
