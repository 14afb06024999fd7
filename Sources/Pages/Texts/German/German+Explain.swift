import Auth
import Web

extension German: ExplainTexts {
    var refusedRequests: String { "Abgelehnte Anfragen" }
    var refusedRequestsLead: String {
        "Jede Fehlermeldung hat eine Anfragenummer. Geben Sie sie ein, um den Grund der Ablehnung zu erfahren."
    }
    var explainRequest: String { "Erklären" }
    var notExplained: String { "Zu dieser Nummer gibt es keine Ablehnung" }
    var notExplainedAdvice: String {
        "Die letzten 10.000 Ablehnungen seit dem Start des Servers sind verfügbar. Das Protokoll reicht weiter zurück."
    }
    func refusedWith(_ status: String) -> String { "Abgelehnt mit \(status)" }
    var refusedAt: String { "Zeit" }
    var refusedRequest: String { "Anfrage" }
    var refusalReason: String { "Grund" }
    var refusedClient: String { "Client" }
    var explanations: any ExplanationTexts { GermanExplanations() }
}

/// Explanations in German.
struct GermanExplanations: ExplanationTexts {
    func happened(_ event: DecisiveEvent) -> String {
        let client = event.event.client.address.map { " (\($0))" } ?? ""
        let (subject, verb) = what(event.event)
        return "\(subject) \(at(event.event.time)) von \(actor(event))\(client) \(verb)."
    }

    func ended(_ kind: CredentialKind, at time: Timestamp) -> String {
        let verb = kind == .apiKey ? "widerrufen" : "beendet"
        return "\(name(kind)) wurde \(at(time)) \(verb). Kein Ereignis sagt, von wem."
    }

    func expired(_ kind: CredentialKind, at time: Timestamp) -> String {
        "\(name(kind)) ist \(at(time)) abgelaufen."
    }

    var unused: String { "Die Sitzung wurde länger als erlaubt nicht benutzt." }

    func unknown(_ kind: CredentialKind) -> String {
        "Davon ist nichts gespeichert: Es wurde hier nie ausgestellt, oder der Verlauf ist gelöscht."
    }

    func clockAhead(seconds: Int64) -> String {
        "Die Uhr, nach der es ausgestellt wurde, geht gegenüber diesem Server \(seconds) s vor."
    }

    func limited(until time: Timestamp) -> String {
        "Die nächste Anfrage ist \(at(time)) wieder erlaubt."
    }

    func foreignOrigin(_ origin: String) -> String {
        "Die Anfrage kam von einer Seite von \(origin)."
    }

    private func at(_ time: Timestamp) -> String {
        "am \(German().date(time.utc)) um \(time.utc.clockWithSeconds) UTC"
    }

    private func name(_ kind: CredentialKind) -> String {
        switch kind {
        case .session: "Die Sitzung"
        case .apiKey: "Der API-Schlüssel"
        case .token: "Das Token"
        }
    }

    private func actor(_ event: DecisiveEvent) -> String {
        switch event.event.actor {
        case .account(let id): event.actorEmail?.address ?? "dem früheren Konto \(id)"
        case .apiKey(_, of: let id):
            "einem API-Schlüssel von \(event.actorEmail?.address ?? "dem früheren Konto \(id)")"
        case .link: "der Person mit dem Link aus einer E-Mail"
        case .commandLine(let user): "\(user) auf der Befehlszeile"
        case .server: "dem Server"
        case .client: "einem Client ohne Anmeldung"
        }
    }

    /// What comes before time and actor, and what comes after.
    private func what(_ event: Event) -> (String, String) {
        switch event.kind {
        case .userDeleted: ("Das Konto wurde", "gelöscht")
        case .userDeclined: ("Das Konto wurde", "abgelehnt")
        case .userDisabled: ("Das Konto wurde", "gesperrt")
        case .userRoleChanged: ("Die Rolle des Kontos wurde", "geändert")
        case .passwordReset: ("Das Passwort wurde", "zurückgesetzt")
        case .passwordChanged: ("Das Passwort wurde", "geändert")
        case .passwordRemoved: ("Das Passwort wurde", "entfernt")
        case .emailRejected: ("Das Konto wurde", "als fremd gemeldet")
        case .emailChanged: ("Die E-Mail-Adresse des Kontos wurde", "geändert")
        case .factorsReset: ("Alle zweiten Faktoren wurden", "entfernt")
        case .factorAdded: ("Ein zweiter Faktor wurde", "hinzugefügt")
        case .factorRemoved: ("Ein zweiter Faktor wurde", "entfernt")
        case .ownershipTransferred: ("Das Eigentum am Server wurde", "übertragen")
        case .apiKeyRevoked: ("Der API-Schlüssel wurde", "widerrufen")
        case .sessionEnded: ("Die Sitzung wurde", end(event.endReason))
        case .sessionsEnded where event.subject == nil: ("Alle Sitzungen wurden", "beendet")
        case .sessionsEnded: ("Sitzungen des Kontos wurden", "beendet")
        case .setupCompleted: ("Der Server wurde", "eingerichtet")
        case .secretRotated: ("Der geheime Schlüssel wurde zuletzt", "ersetzt")
        case .backupRestored: ("Die Datenbank wurde", "aus einer Sicherung wiederhergestellt")
        default: ("Das Ereignis \(event.kind.rawValue) wurde", "ausgelöst")
        }
    }

    private func end(_ reason: SessionEndReason?) -> String {
        switch reason {
        case .signOut: "abgemeldet"
        case .replaced: "durch eine neue Anmeldung ersetzt"
        case .limit: "beendet, weil das Konto zu viele hatte"
        default: "beendet"
        }
    }
}
