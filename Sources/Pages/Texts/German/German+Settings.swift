extension German: SettingsTexts {
    var settingsLead: String {
        "Änderungen gelten ab der nächsten Anfrage. Sie beenden keine Sitzung."
    }
    var settingsStored: String { "Die Einstellungen wurden gespeichert." }

    var joiningTitle: String { "Registrierung und Anmeldung" }
    var allowRegistration: String { "Registrierung erlauben" }
    var allowRegistrationHint: String {
        "Personen können sich als Mitglieder registrieren. Sonst brauchen sie eine Einladung."
    }
    var requireApproval: String { "Neue Mitglieder freigeben" }
    var requireApprovalHint: String {
        "Neue Mitglieder warten, bis ein Administrator sie freigibt. Eingeladene warten nicht."
    }
    var allowSignup: String { "Kunden dürfen Konten anlegen" }
    var allowSignupHint: String {
        "Kunden sind sofort aktiv, mit der Rolle Kunde und dem Tarif Kostenlos."
    }
    var allowSignIn: String { "Anmeldung erlauben" }
    var allowSignInHint: String {
        "Mit Passwort oder Passkey. Sonst können sich nur der Inhaber und Administratoren anmelden, "
            + "und die Registrierung ist geschlossen."
    }
    var requireConfirmation: String { "Bestätigte E-Mail-Adressen verlangen" }
    var requireConfirmationHint: String {
        "Mitglieder und Kunden können nichts tun, bis sie den Link in unserer E-Mail geöffnet haben."
    }
    var saveSettings: String { "Einstellungen speichern" }

    var siteTitle: String { "Name und Aussehen" }
    var siteAbout: String { "Auf jeder Seite und in jeder E-Mail zu sehen." }
    var siteNameLabel: String { "Name der Website" }
    var siteAccentLabel: String { "Farbe" }
    func siteAccentHint(_ example: String) -> String {
        "Ein Hexwert wie \(example). Der Kontrast wird automatisch angepasst."
    }
    var siteSupportLabel: String { "Kontakt für Hilfe" }
    var siteSupportHint: String { "Eine E-Mail-Adresse oder eine URL." }
    var saveSite: String { "Name und Aussehen speichern" }

    var serverTitle: String { "Server" }
    var websiteLabel: String { "Öffentliche Adresse" }
    var websiteHint: String {
        "Links in E-Mails führen dorthin. Sie beginnt mit https:// und hat keinen Pfad."
    }
    var websiteNeedsPassword: String {
        "Die öffentliche Adresse zu ändern, verlangt Ihr Passwort, denn Links in E-Mails führen dorthin."
    }
    var retentionLabel: String { "Verlauf aufbewahren" }
    func period(_ text: String) -> String {
        guard let count = Int(text.dropLast()), let unit = text.last else { return text }
        return switch (count, unit) {
        case (1, "h"): "1 Stunde"
        case (_, "h"): "\(count) Stunden"
        case (1, "d"): "1 Tag"
        case (_, "d"): "\(count) Tage"
        case (1, "w"): "1 Woche"
        case (_, "w"): "\(count) Wochen"
        case (1, "m"): "1 Monat"
        case (_, "m"): "\(count) Monate"
        case (1, "y"): "1 Jahr"
        case (_, "y"): "\(count) Jahre"
        default: text
        }
    }
    var migrationLabel: String { "Migrationen der Datenbank" }
    var migrationHint: String {
        "Von Hand: Eine neue Version startet erst nach „lunauth migrate“."
    }
    var migratesAutomatically: String { "Beim Start ausführen" }
    var migratesManually: String { "Von Hand ausführen" }
    var saveServer: String { "Servereinstellungen speichern" }

    func setInFile(_ key: String) -> String {
        "In der Konfigurationsdatei festgelegt (\(key)). Bearbeiten Sie die Datei und starten Sie neu."
    }
    func setInEnvironment(_ variable: String) -> String {
        "Durch die Umgebungsvariable \(variable) festgelegt."
    }
    var ownerOnly: String { "Nur der Inhaber kann das ändern." }
}
