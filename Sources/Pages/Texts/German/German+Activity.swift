extension German: ActivityTexts {
    var activityIntroduction: String {
        "Anmeldungen und Änderungen, die neuesten zuerst. Waren Sie das nicht, sagen Sie es hier: "
            + "Die Sitzung endet dann."
    }
    var noActivity: String {
        "Noch keine Ereignisse. Hier erscheinen Anmeldungen und Änderungen Ihres Kontos."
    }
    var viewAll: String { "Alle anzeigen" }
    var wasNotMe: String { "Das war ich nicht" }
    var toAnotherAccount: String { "an einem anderen Konto" }
    var resetUnknownPassword: String {
        "Ein neues Passwort per E-Mail setzen, ohne das aktuelle"
    }

    func eventsShown(_ count: Int) -> String {
        switch count {
        case 0: "Keine Ereignisse auf dieser Seite"
        case 1: "1 Ereignis auf dieser Seite"
        default: "\(number(count)) Ereignisse auf dieser Seite"
        }
    }
}
