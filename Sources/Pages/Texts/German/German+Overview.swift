extension German: OverviewTexts {
    func overviewLead(waiting: Int, hasMore: Bool, needsAttention: Bool) -> String {
        let people =
            switch waiting {
            case 0: ""
            case 1: "Eine Person wartet auf Freigabe"
            default:
                "\(hasMore ? "Mehr als \(waiting)" : "\(waiting)") Personen warten auf Freigabe"
            }
        return switch (waiting > 0, needsAttention) {
        case (true, true): "\(people), und dieser Server braucht Aufmerksamkeit."
        case (true, false): "\(people)."
        case (false, true): "Dieser Server braucht Aufmerksamkeit."
        case (false, false): "Es wartet nichts auf Sie."
        }
    }

    var waitingForApprovalTitle: String { "Warten auf Freigabe" }
    var showAllWaiting: String { "Alle anzeigen" }
    func requested(_ email: String, at time: HTML) -> HTML {
        html {
            "\(email), angefragt "
            time
        }
    }
    var approve: String { "Freigeben" }
    var decline: String { "Ablehnen" }

    var needsAttention: String { "Braucht Aufmerksamkeit" }
    func undelivered(_ count: Int) -> String {
        count == 1
            ? "Eine E-Mail konnte nicht zugestellt werden"
            : "\(number(count)) E-Mails konnten nicht zugestellt werden"
    }
    var undeliveredAdvice: String {
        "Der Versand wurde aufgegeben. Sehen Sie sich den Grund an, dann senden oder verwerfen Sie."
    }
    var reviewEmails: String { "E-Mails ansehen" }
    func failingCheck(_ name: String) -> String { "Die Prüfung „\(name)“ schlägt fehl" }
    func reported(_ word: String) -> HTML {
        html {
            "Sie meldet "
            code { word }
            ". Das Protokoll des Servers sagt mehr."
        }
    }
    var rejectedAddress: String {
        "Die Adresse eines Administrators ist vielleicht falsch geschrieben"
    }
    var rejectedAddressAdvice: String {
        "Wer sie liest, sagt, dass das Konto nicht das eigene ist; bestätigt wurde sie nie."
    }
    var openAccount: String { "Konto öffnen" }
    var heldBackNotices: String { "Nachrichten an den Inhaber werden zurückgehalten" }
    var heldBackNoticesAdvice: String { "Die Adresse des Inhabers ist noch nicht bestätigt." }
    var allChecksPass: String {
        "Alle Prüfungen sind in Ordnung: Datenbank, Speicherplatz, E-Mail und Konfiguration."
    }

    var atAGlance: String { "Auf einen Blick" }
    var accounts: String { "Konten" }
    var unconfirmedAccounts: String { "E-Mail nicht bestätigt" }

    var thisServer: String { "Dieser Server" }
    var version: String { "Version" }
    var address: String { "Adresse" }
}
