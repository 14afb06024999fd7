extension German: InvitationTexts {
    var invitationsLead: String { "Eingeladene Personen brauchen keine Freigabe." }

    var invitationCreated: String { "Einladung erstellt" }
    func sendInvitation(uses: Int, until time: HTML) -> HTML {
        html {
            uses == 1
                ? "Senden Sie diesen Link der eingeladenen Person. Er gilt einmal, läuft "
                : "Senden Sie diesen Link den eingeladenen Personen. Er gilt \(number(uses))-mal, läuft "
            time
            " ab und wird nicht noch einmal angezeigt."
        }
    }
    func invitationMailed(_ email: String) -> String {
        "Wir haben ihn auch an \(email) gesendet."
    }
    var copyInvitationLink: String { "Link kopieren" }
    var copyInvitationCode: String { "Code kopieren" }
    var invitationCreatedBefore: String {
        "Mit diesem Formular wurde schon eine Einladung erstellt"
    }
    func invitationCreatedBeforeAdvice(_ time: HTML) -> HTML {
        html {
            "Sie wurde "
            time
            " erstellt. Ihr Link wird nur einmal angezeigt: Ist er verloren, widerrufen Sie die Einladung "
            "und erstellen Sie eine andere."
        }
    }
    var invitationPaused: String {
        "Die Einladung ist angehalten. Ihr Link gilt wieder, wenn Sie sie fortsetzen."
    }
    var invitationResumed: String { "Die Einladung gilt wieder." }
    var invitationRevoked: String {
        "Die Einladung wurde widerrufen. Konten, die damit angelegt wurden, bleiben."
    }

    var invitePerson: String { "Person einladen" }
    var inviteEmailHint: String {
        "Wenn angegeben, senden wir den Link dorthin, und nur diese Adresse kann ihn verwenden."
    }
    var inviteEmailHintWithoutMail: String {
        "Wenn angegeben, kann nur diese Adresse den Link verwenden."
    }
    var invitationMaximumUses: String { "Anzahl der Verwendungen" }
    var invitationValidFor: String { "Gültig für" }
    var createInvitation: String { "Einladung erstellen" }

    var allInvitations: String { "Alle Einladungen" }
    var noInvitations: String { "Keine Einladungen. Hier erscheinen die, die Sie erstellen." }
    var invitationFor: String { "Für" }
    var anyoneWithInvitation: String { "Alle, die den Link haben" }
    func invitationMade(by name: String) -> String { "von \(name)" }
    var invitationMadeByCommandLine: String {
        "von der Befehlszeile oder einem gelöschten Konto"
    }
    var roleAndPlan: String { "Rolle, Tarif" }
    var invitationUsed: String { "Verwendet" }
    func invitationUses(_ uses: Int, of maximum: Int) -> String {
        "\(number(uses)) von \(number(maximum))"
    }
    var invitationValidUntil: String { "Gültig bis" }
    var invitationOpen: String { "Offen" }
    var invitationIsPaused: String { "Angehalten" }
    var invitationExpired: String { "Abgelaufen" }
    var invitationUsedUp: String { "Verwendet" }
    var pauseInvitation: String { "Anhalten" }
    var resumeInvitation: String { "Fortsetzen" }
    func invitationOf(_ email: String) -> String { "Einladung für \(email)" }
    var invitationForAnyone: String { "Einladung für alle, die den Link haben" }
}
