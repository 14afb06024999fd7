import Auth

extension German: CredentialTexts {
    var sessionsIntroduction: String {
        "Browser und Programme, die mit Ihrem Konto angemeldet sind. Beenden Sie, was Sie nicht kennen."
    }
    var endOtherSessions: String { "Alle anderen beenden" }
    var thisDevice: String { "Dieses Gerät" }

    var unknownDevice: String { "Unbekanntes Gerät" }
    var unknownAddress: String { "Unbekannte Adresse" }

    func signedIn(_ time: HTML) -> HTML {
        html {
            "angemeldet "
            time
        }
    }

    func used(_ time: HTML) -> HTML {
        html {
            "benutzt "
            time
        }
    }

    var end: String { "Beenden" }

    var keysIntroduction: String {
        "Mit Schlüsseln handeln Programme in Ihrem Namen, bis sie ablaufen oder Sie sie widerrufen."
    }
    var noKeys: String { "Noch keine API-Schlüssel. Hier erscheinen die, die Sie erstellen." }

    func allowed(by scopes: APIKey.Scopes) -> String {
        var verbs: [String] = []
        if scopes.contains(.read) { verbs.append("liest") }
        if scopes.contains(.write) { verbs.append("ändert") }
        if scopes.contains(.admin) { verbs.append("verwaltet") }
        return verbs.count < 3
            ? verbs.joined(separator: " und ") : "\(verbs[0]), \(verbs[1]) und \(verbs[2])"
    }

    var neverUsed: String { "nie benutzt" }

    func expires(_ date: HTML) -> HTML {
        html {
            "läuft "
            date
            " ab"
        }
    }

    func ends(inDays days: Int) -> String {
        switch days {
        case ...0: "Endet heute"
        case 1: "Endet morgen"
        default: "Endet in \(days) Tagen"
        }
    }

    var revoke: String { "Widerrufen" }

    var createKey: String { "API-Schlüssel erstellen" }
    var nameOfKey: String { "Name des Schlüssels" }
    var nameOfKeyHint: String { "Nennen Sie das Programm, das ihn benutzt." }
    var scopesOfKey: String { "Zugriff" }

    func name(of scope: APIKey.Scopes) -> String {
        switch scope {
        case .read: "Ihr Konto lesen"
        case .write: "Ihr Konto ändern"
        default: "Die Website verwalten"
        }
    }

    func hint(for scope: APIKey.Scopes) -> String? {
        scope == .admin
            ? "Konten, Einladungen und Einstellungen. Ein solcher Schlüssel gilt höchstens 90 Tage."
            : nil
    }

    var keyEnds: String { "Läuft ab" }

    func name(of period: APIKeyPeriod) -> String {
        switch period {
        case .month: "In 30 Tagen"
        case .quarter: "In 90 Tagen"
        case .year: "In einem Jahr"
        case .unlimited: "Nie"
        }
    }

    var keyCreated: String { "Ihr neuer API-Schlüssel" }

    var copyKeyNow: HTML {
        html {
            b { "Kopieren Sie den Schlüssel jetzt." }
            " Gespeichert wird nur ein Hash, deshalb kann er nicht noch einmal angezeigt werden."
        }
    }

    var copyKey: String { "Schlüssel kopieren" }
    var tryIt: String { "Ausprobieren" }
    var keySaved: String { "Ich habe den Schlüssel gesichert" }
    var keyAlreadyCreated: String { "Dieser API-Schlüssel wurde schon erstellt" }
    var keyNotShownAgain: String {
        "Der Schlüssel wurde einmal angezeigt und kann nicht noch einmal angezeigt werden. Haben Sie "
            + "ihn nicht gesichert, widerrufen Sie ihn und erstellen Sie einen anderen."
    }
    var keyNoLongerValid: String {
        "Er ist abgelaufen oder wurde inzwischen widerrufen. Erstellen Sie bei Bedarf einen anderen."
    }
    var revokeKey: String { "Schlüssel widerrufen" }
    var goToKeys: String { "Zu Ihren API-Schlüsseln" }
    var noticeSentTo: String { "Nachricht gesendet an" }

    func pages(of section: AccountSection) -> String { "\(name(of: section)), Seiten" }

    func shown(_ range: ClosedRange<Int>, of count: Int) -> String {
        "\(number(range.lowerBound)) bis \(number(range.upperBound)) von \(number(count))"
    }

    var previousPage: String { "Zurück" }
    var nextPage: String { "Weiter" }
}
