extension German: UserTexts {
    func done(_ change: UserChange) -> String {
        switch change {
        case .factors: factorsWereReset
        case .name: "Der Name ist geändert."
        case .rights: "Rolle und Tarif sind gespeichert. Sie gelten ab der nächsten Anfrage."
        case .disabled: "Das Konto ist gesperrt, und seine Sitzungen sind beendet."
        case .enabled: "Das Konto ist entsperrt. Die Person kann sich wieder anmelden."
        case .confirmed: "Die E-Mail-Adresse gilt als bestätigt."
        case .reset: "Ein Link, der ein neues Passwort setzt, ist per E-Mail unterwegs."
        case .unlocked: "Die Anmeldung ist wieder frei. Das Passwort wird wieder angenommen."
        case .session: "Die Sitzung ist beendet."
        case .sessions: "Alle Sitzungen des Kontos sind beendet."
        case .key: "Der API-Schlüssel ist widerrufen. Programme können ihn nicht mehr benutzen."
        case .keys: "Alle API-Schlüssel des Kontos sind widerrufen."
        }
    }

    func notDone(_ form: UserForm) -> String {
        switch form {
        case .factors: "Die zweiten Faktoren wurden nicht entfernt"
        case .name: "Der Name wurde nicht geändert"
        case .rights: "Rolle und Tarif wurden nicht gespeichert"
        case .status: "Das Konto wurde weder gesperrt noch entsperrt"
        case .confirmation: "Die E-Mail-Adresse wurde nicht bestätigt"
        case .reset: "Es wurde kein Link gesendet"
        case .unlock: "Die Anmeldung wurde nicht freigegeben"
        case .sessions: "Es wurde keine Sitzung beendet"
        case .keys: "Es wurde kein API-Schlüssel widerrufen"
        case .deletion: "Das Konto wurde nicht gelöscht"
        case .decision: "Das Konto wurde weder freigegeben noch abgelehnt"
        }
    }

    var ownerAlone: String {
        "Nur der Inhaber dieser Website ändert sein Konto und die Konten von Administratoren."
    }

    var disableAccount: String { "Konto sperren" }
    var enableAccount: String { "Konto entsperren" }
    var signInLimited: String { "Die Anmeldung ist vorübergehend eingeschränkt" }

    func failedSignIns(_ count: Int, until time: HTML) -> HTML {
        html {
            count == 1
                ? "Zurzeit zählt 1 fehlgeschlagene Anmeldung."
                : "Zurzeit zählen \(number(count)) fehlgeschlagene Anmeldungen."
            " Jeder Browser kann es wieder versuchen: "
            time
            "."
        }
    }

    var unlockAccount: String { "Anmeldung freigeben" }

    var approvedAt: String { "Freigegeben" }
    var identifier: String { "Kennung" }
    var markEmailConfirmed: String { "E-Mail-Adresse als bestätigt markieren" }
    var changeName: String { "Namen ändern" }
    var saveName: String { "Namen speichern" }
    var rightsTitle: String { "Rolle und Tarif" }
    var rightsConsequence: String { "Änderungen gelten ab der nächsten Anfrage." }
    var roleIsFixed: String { "Die Rolle dieses Kontos kann hier nicht geändert werden." }
    var saveRights: String { "Rolle und Tarif speichern" }

    var endAllSessions: String { "Alle beenden" }
    var noSessionsOfUser: String {
        "Keine Sitzungen. Hier erscheinen Browser und Programme, die sich anmelden."
    }
    var revokeAllKeys: String { "Alle widerrufen" }
    var noKeysOfUser: String {
        "Keine API-Schlüssel. Hier erscheinen die, die dieses Konto erstellt."
    }
    var invitationsOfUser: String { "Von diesem Konto erstellt." }
    var noInvitationsOfUser: String {
        "Keine Einladungen. Hier erscheinen die, die dieses Konto erstellt."
    }

    var deleteUserConsequence: String {
        "Das Konto, seine Sitzungen und seine Schlüssel werden sofort gelöscht und können nicht "
            + "wiederhergestellt werden. Sperren Sie das Konto, um sie zu behalten."
    }

    func typeToConfirm(_ email: String) -> String { "Zur Bestätigung \(email) eingeben" }
}
