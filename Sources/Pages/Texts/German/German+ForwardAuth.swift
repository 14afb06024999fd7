import Auth

extension German: ForwardAuthTexts {
    func deniedTitle(_ host: String?) -> String {
        host.map { "Dieses Konto kann \($0) nicht öffnen" }
            ?? "Dieses Konto kann die Anwendung nicht öffnen"
    }

    func deniedLead(_ cause: DenialCause) -> String {
        switch cause {
        case .pending: "Sie sind angemeldet, aber Ihr Konto wartet noch auf Freigabe."
        case .unconfirmed:
            "Sie sind angemeldet, aber Ihre E-Mail-Adresse ist noch nicht bestätigt."
        case .role(.owner): "Sie sind angemeldet, aber diese Anwendung ist nur für den Inhaber."
        case .role(.admin): "Sie sind angemeldet, aber diese Anwendung ist nur für Administratoren."
        case .role(.member): "Sie sind angemeldet, aber diese Anwendung ist nur für Mitglieder."
        case .role(.user), .unknown:
            "Sie sind angemeldet, aber diesem Konto fehlt, was die Anwendung voraussetzt."
        case .tier(let tier):
            "Sie sind angemeldet, aber diese Anwendung setzt den Tarif „\(name(of: tier))“ voraus."
        }
    }

    var requiredRole: String { "Erforderliche Rolle" }
    var requiredPlan: String { "Erforderlicher Tarif" }
    func backTo(_ host: String) -> String { "Zurück zu \(host)" }

    func shouldHaveAccess(support: String?) -> HTML {
        html {
            "Brauchen Sie Zugriff? "
            if let support {
                a(support) { "Bitten Sie um Hilfe" }
            } else {
                "Wenden Sie sich an einen Administrator"
            }
            " und nennen Sie die Anfragenummer."
        }
    }
}
