import Auth

extension German: LinkTexts {
    var linkExpired: String { "Dieser Link ist abgelaufen" }

    func lifetime(of purpose: LinkToken.Purpose) -> String {
        switch purpose {
        case .resetPassword: "Links für ein neues Passwort laufen nach 30 Minuten ab."
        case .verifyEmail: "Links, die eine E-Mail-Adresse bestätigen, laufen nach 24 Stunden ab."
        case .decide: "Links, die über ein Konto entscheiden, laufen nach 7 Tagen ab."
        }
    }

    var nothingWasChanged: String { "Es wurde nichts geändert" }

    func linkExpired(_ time: HTML) -> HTML {
        html {
            "Der Link ist "
            time
            " abgelaufen."
        }
    }

    func linkUsed(_ time: HTML) -> HTML {
        html {
            "Das geschah "
            time
            ". Der Link lässt sich nicht noch einmal benutzen."
        }
    }

    var linkUnknown: String {
        "Vielleicht ist er unvollständig, oder eine neuere E-Mail hat ihn ersetzt. Öffnen Sie den "
            + "Link in der neuesten E-Mail."
    }
    var requestNewLink: String { "Neuen Link anfordern" }
    var goToAdministration: String { "Zur Verwaltung" }
}
