import Auth

extension German: MailQueueTexts {
    var mailsLead: String {
        "E-Mails, die auf den Versand warten, und solche, die nicht zugestellt werden konnten."
    }

    var mailRetried: String { "Der Versand wird jetzt erneut versucht." }
    var mailDropped: String { "Die E-Mail wurde verworfen. Sie wird nicht mehr gesendet." }
    var testMailSent: String {
        "Eine Test-E-Mail ist unterwegs. Wenn sie scheitert, erscheint sie unten."
    }

    var noMailTransport: String { "Dieser Server versendet keine E-Mails" }
    var noMailTransportAdvice: String {
        "Niemand kann ein Passwort zurücksetzen oder eine Adresse bestätigen. "
            + "Setzen Sie mail.transport in der Konfigurationsdatei und starten Sie neu."
    }
    var testMailTitle: String { "Test senden" }
    var testMailAbout: String { "Sie wird gesendet wie jede andere E-Mail." }
    var sendTestMail: String { "Test-E-Mail senden" }

    var mailQueue: String { "Warteschlange" }
    var noMails: String {
        "Es warten keine E-Mails. Gesendete E-Mails werden nicht aufbewahrt."
    }
    func name(of kind: Mail.Kind) -> String {
        switch kind {
        case .welcome: "Begrüßung"
        case .approvalWanted: "Bitte um Freigabe"
        case .approved: "Konto freigegeben"
        case .declined: "Konto abgelehnt"
        case .invited: "Einladung"
        case .verify: "Bestätigung einer Adresse"
        case .reset: "Link für ein neues Passwort"
        case .passwordChanged: "Passwort geändert"
        case .passwordReset: "Passwort zurückgesetzt"
        case .newDevice: "Anmeldung von einem neuen Gerät"
        case .emailChanged: "E-Mail-Adresse geändert"
        case .apiKeyCreated: "API-Schlüssel erstellt"
        case .addressRejected: "Konto als fremd gemeldet"
        case .ownerChanged: "Inhaber gewechselt"
        case .factorAdded: "Anmeldemethode hinzugefügt"
        case .factorRemoved: "Anmeldemethode entfernt"
        case .recoveryCodeUsed: "Wiederherstellungscode benutzt"
        case .recoveryCodesReplaced: "Neue Wiederherstellungscodes"
        case .factorsReset: "Zweite Faktoren entfernt"
        case .passwordless: "Konto ohne Passwort"
        case .test: "Test"
        }
    }
    var mailWaiting: String { "Wartet" }
    var mailGivenUp: String { "Aufgegeben" }
    func mailWritten(_ time: HTML) -> HTML {
        html {
            "Geschrieben "
            time
        }
    }
    func mailAttempts(_ count: Int) -> String {
        switch count {
        case 0: ", noch nicht versucht"
        case 1: ", einmal versucht"
        default: ", \(number(count))-mal versucht"
        }
    }
    func mailTriedNext(_ time: HTML) -> HTML {
        html {
            ", das nächste Mal "
            time
        }
    }
    var retryMail: String { "Erneut senden" }
    var dropMail: String { "Verwerfen" }
}
