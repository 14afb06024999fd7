extension German: PasswordTexts {
    var resetYourPassword: String { "Passwort zurücksetzen" }
    var resetIntroduction: String {
        "Wir senden Ihnen per E-Mail einen Link, mit dem Sie ein neues wählen."
    }
    var resetLinkHint: String { "Der Link gilt einmal und läuft nach 30 Minuten ab." }
    var sendResetLink: String { "Link zum Zurücksetzen senden" }
    var backToSignIn: String { "Zurück zur Anmeldung" }
    var resetNotSent: String { "Es wurde kein Link gesendet" }
    var resetRequested: String { "Sehen Sie in Ihrem Postfach nach" }
    var resetRequestedLead: String {
        "Wenn es ein Konto mit dieser E-Mail-Adresse gibt, ist ein Link für ein neues Passwort unterwegs."
    }
    var resetRequestedHint: String {
        "Das kann einige Minuten dauern. Kommt nichts an, prüfen Sie die Schreibweise und Ihren "
            + "Spam-Ordner."
    }

    var chooseNewPassword: String { "Neues Passwort wählen" }
    func forAccount(_ email: String) -> String { "Für \(email)" }
    func newPasswordHint(atLeast minimum: Int) -> String {
        "Mindestens \(minimum) Zeichen. \(newPasswordHint)"
    }
    var resetConsequence: String {
        "Sie werden überall abgemeldet, und Ihre API-Schlüssel und offenen Einladungen werden "
            + "widerrufen, falls jemand anderes Zugriff hatte."
    }
    var setNewPassword: String { "Neues Passwort festlegen" }
    var passwordNotSet: String { "Das Passwort wurde nicht geändert" }
    var passwordIsSet: String { "Ihr Passwort wurde geändert" }
    var passwordIsSetConsequence: String {
        "Sie wurden überall abgemeldet, und Ihre API-Schlüssel und offenen Einladungen wurden "
            + "widerrufen."
    }
}
