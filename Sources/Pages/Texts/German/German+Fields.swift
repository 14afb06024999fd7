import Auth

extension German: FieldTexts {
    var nameOfPerson: String { "Name" }
    var email: String { "E-Mail-Adresse" }
    var password: String { "Passwort" }
    var newPassword: String { "Neues Passwort" }
    var newPasswordHint: String {
        "Einige zufällige Wörter sind leicht zu tippen und schwer zu erraten."
    }
    var role: String { "Rolle" }

    func name(of role: Account.Role) -> String {
        switch role {
        case .owner: "Inhaber"
        case .admin: "Administrator"
        case .member: "Mitglied"
        case .user: "Kunde"
        }
    }

    var plan: String { "Tarif" }

    func name(of tier: Account.Tier) -> String {
        switch tier {
        case .free: "Kostenlos"
        case .pro: "Pro"
        case .team: "Team"
        }
    }

    var status: String { "Status" }

    func name(of status: Account.Status) -> String {
        switch status {
        case .active: "Aktiv"
        case .pending: "Wartet"
        case .disabled: "Gesperrt"
        }
    }

    var confirmed: String { "Bestätigt" }
    var unconfirmed: String { "Nicht bestätigt" }
    var otherWays: String { "Andere Wege" }
}
