import Auth

extension English: FieldTexts {
    var nameOfPerson: String { "Name" }
    var email: String { "Email" }
    var password: String { "Password" }
    var newPassword: String { "New password" }
    var newPasswordHint: String { "A few random words are easy to type and hard to guess." }
    var role: String { "Role" }

    func name(of role: Account.Role) -> String {
        switch role {
        case .owner: "Owner"
        case .admin: "Administrator"
        case .member: "Member"
        case .user: "Customer"
        }
    }

    var plan: String { "Plan" }

    func name(of tier: Account.Tier) -> String {
        switch tier {
        case .free: "Free"
        case .pro: "Pro"
        case .team: "Team"
        }
    }

    var status: String { "Status" }

    func name(of status: Account.Status) -> String {
        switch status {
        case .active: "Active"
        case .pending: "Waiting"
        case .disabled: "Disabled"
        }
    }

    var confirmed: String { "Confirmed" }
    var unconfirmed: String { "Not confirmed" }
    var otherWays: String { "Other ways" }
}
