import Auth

extension German: UsersTexts {
    var usersLead: String { "Alle, die hier ein Konto haben." }
    var exportAccounts: String { "Konten exportieren" }

    func done(_ decision: AccountDecision) -> String {
        switch decision {
        case .approved: "Das Konto ist freigegeben und kann jetzt benutzt werden."
        case .declined: "Das Konto ist abgelehnt und gelöscht."
        }
    }

    var userDeleted: String { "Das Konto ist mit allem gelöscht, was dazu gehörte." }
    var searchUsers: String { "Name oder E-Mail-Adresse suchen" }
    var search: String { "Suchen" }
    var filterByStatus: String { "Nach Status filtern" }
    var allAccounts: String { "Alle" }
    var filterByRole: String { "Nach Rolle filtern" }
    var allRoles: String { "Alle Rollen" }
    var orderOfUsers: String { "Reihenfolge" }

    func name(of sort: AccountSort) -> String {
        switch sort {
        case .newest: "Neueste zuerst"
        case .oldest: "Älteste zuerst"
        case .name: "Name, A bis Z"
        case .nameDescending: "Name, Z bis A"
        }
    }

    var noSuchList: String { "Diese Liste gibt es nicht" }
    var noSuchListAdvice: String {
        "Die Adresse der Seite nennt einen Filter, eine Reihenfolge oder eine Seite, die unbekannt ist. "
            + "Wählen Sie unten."
    }

    var created: String { "Erstellt" }
    var lastSeen: String { "Zuletzt gesehen" }
    var notSeenLately: String { "Länger nicht" }
    var noUsersFound: String {
        "Kein Konto passt. Suchen Sie nach anderen Wörtern, oder zeigen Sie alle Konten an."
    }

    func usersShown(_ count: Int) -> String {
        switch count {
        case 0: "Keine Konten auf dieser Seite"
        case 1: "1 Konto auf dieser Seite"
        default: "\(number(count)) Konten auf dieser Seite"
        }
    }
}
