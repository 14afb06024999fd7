import Auth

extension German: RegistrationTexts {
    var createYourAccount: String { "Konto erstellen" }
    var reviewedFirst: String {
        "Ein Administrator prüft neue Konten, bevor sie sich benutzen lassen."
    }
    var nameVisibleToMembers: String { "Für andere Mitglieder sichtbar." }
    var createAccountButton: String { "Konto erstellen" }
    var signInInstead: String { "Stattdessen anmelden" }
    var accountNotCreated: String { "Es wurde kein Konto erstellt" }

    func invited(
        by name: String?, as role: Account.Role, on tier: Account.Tier, until time: HTML
    ) -> HTML {
        html {
            if let name {
                b {
                    bdi(name)
                    " hat Sie eingeladen."
                }
            } else {
                b { "Sie sind eingeladen." }
            }
            switch role {
            case .owner, .admin: " Sie werden als Administrator"
            case .member: " Sie werden als Mitglied"
            case .user: " Sie werden als Kunde"
            }
            " im Tarif \(self.name(of: tier)) aufgenommen. Die Einladung läuft "
            time
            " ab."
        }
    }

    var invitedEmailHint: String { "Die Einladung gilt für diese E-Mail-Adresse." }
    func invitedAnotherEmail(_ email: String) -> String {
        "Die Einladung gilt für \(email). Verwenden Sie diese E-Mail-Adresse."
    }

    func title(of state: Invite.State) -> String {
        switch state {
        case .open: "Diese Einladung gilt für eine andere E-Mail-Adresse"
        case .usedUp: "Diese Einladung wurde schon benutzt"
        case .expired: "Diese Einladung ist abgelaufen"
        case .paused: "Diese Einladung ist angehalten"
        }
    }

    func advice(for state: Invite.State) -> String {
        switch state {
        case .open: "Verwenden Sie die E-Mail-Adresse, an die sie gesendet wurde."
        case .usedUp:
            "Wenn Sie das waren, melden Sie sich an. Bitten Sie sonst um eine neue Einladung."
        case .expired: "Bitten Sie die Person, die Sie eingeladen hat, um eine neue."
        case .paused: "Bitten Sie die Person, die Sie eingeladen hat, sie fortzusetzen."
        }
    }

    var unknownInvitation: String { "Diese Einladung gibt es nicht" }
    var unknownInvitationAdvice: String {
        "Vielleicht ist der Link unvollständig, oder die Einladung wurde gelöscht. Öffnen Sie den Link "
            + "noch einmal oder bitten Sie um eine neue Einladung."
    }
    var registerWithoutInvitation: String { "Ohne Einladung registrieren" }

    var accountWaitsLead: String {
        "Ein Administrator wird es prüfen. Sie müssen nichts weiter tun."
    }
    func confirmEmailFirst(_ email: String) -> String {
        "Bestätigen Sie zuerst Ihre E-Mail-Adresse: Öffnen Sie den Link, den wir an \(email) gesendet "
            + "haben. Danach erfahren die Administratoren von Ihrem Konto."
    }
}
