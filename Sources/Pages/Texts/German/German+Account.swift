import Auth

extension German: AccountTexts {
    var yourAccount: String { "Ihr Konto" }
    var accountIntroduction: String { "Profil, Anmeldewege, Sitzungen und API-Schlüssel." }

    func name(of section: AccountSection) -> String {
        switch section {
        case .profile: "Profil"
        case .email: "E-Mail-Adresse"
        case .security: "Anmeldewege"
        case .password: "Passwort"
        case .sessions: "Sitzungen"
        case .activity: "Aktivität"
        case .keys: "API-Schlüssel"
        case .data: "Ihre Daten"
        }
    }

    func done(_ change: AccountChangeMade) -> String {
        switch change {
        case .app: "Ihre Authenticator-App wurde hinzugefügt."
        case .appRemoved: "Ihre Authenticator-App wurde entfernt."
        case .passkey: "Ihr Passkey wurde hinzugefügt."
        case .passkeyRenamed: "Der Passkey wurde umbenannt."
        case .passkeyRemoved: "Der Passkey wurde entfernt. Mit ihm meldet sich niemand mehr an."
        case .passwordRemoved: "Ihr Passwort wurde entfernt. Melden Sie sich mit einem Passkey an."
        case .trust: "Dem Browser wird nicht mehr vertraut."
        case .disowned:
            "Die Sitzung ist beendet. Setzen Sie jetzt ein neues Passwort: Das alte könnte jemand kennen."
        case .disownedPasskey:
            "Die Sitzung ist beendet. Entfernen Sie Passkeys, die Sie nicht kennen, und setzen Sie "
                + "ein Passwort."
        case .profile: "Ihr Profil wurde gespeichert."
        case .link:
            "Wir haben Ihnen einen Link gesendet. Öffnen Sie ihn, um Ihre E-Mail-Adresse zu bestätigen."
        case .confirmed: "Ihre E-Mail-Adresse war schon bestätigt."
        case .email:
            "Wir haben einen Link an die neue Adresse gesendet. Öffnen Sie ihn, um sie zu übernehmen."
        case .password: "Ihr Passwort wurde geändert, und Ihre anderen Sitzungen wurden beendet."
        case .session: "Die Sitzung wurde beendet."
        case .sessions: "Alle Ihre anderen Sitzungen wurden beendet."
        case .key: "Der API-Schlüssel wurde widerrufen. Kein Programm kann ihn mehr benutzen."
        }
    }

    func notDone(_ form: AccountForm) -> String {
        switch form {
        case .factor: "Es wurde nichts hinzugefügt"
        case .recoveryCodes: "Es wurden keine neuen Codes erstellt"
        case .removeApp: "Die App wurde nicht entfernt"
        case .renamePasskey: "Der Passkey wurde nicht umbenannt"
        case .removePasskey: "Der Passkey wurde nicht entfernt"
        case .removePassword: "Das Passwort wurde nicht entfernt"
        case .disown: "Die Sitzung wurde nicht beendet"
        case .endTrust: "Das Vertrauen wurde nicht beendet"
        case .profile: "Ihr Profil wurde nicht gespeichert"
        case .resend: "Es wurde kein Link gesendet"
        case .email: "Ihre E-Mail-Adresse wurde nicht geändert"
        case .password: "Ihr Passwort wurde nicht geändert"
        case .endSession: "Die Sitzung wurde nicht beendet"
        case .endOtherSessions: "Ihre anderen Sitzungen wurden nicht beendet"
        case .createKey: "Der API-Schlüssel wurde nicht erstellt"
        case .revokeKey: "Der API-Schlüssel wurde nicht widerrufen"
        case .deletion: "Ihr Konto wurde nicht gelöscht"
        }
    }

    var languageOfAccount: String { "Sprache" }
    var automaticLanguage: String { "Automatisch, wie im Browser" }
    var nameOfLanguage: String { "Deutsch" }
    var saveProfile: String { "Profil speichern" }

    var memberSince: String { "Dabei seit" }

    var unconfirmedEmail: String { "Öffnen Sie den Link aus unserer E-Mail, um sie zu bestätigen." }
    var resendLink: String { "Link erneut senden" }
    var emailFixed: String {
        "Dieser Server versendet keine E-Mails. Ihre Adresse kann hier deshalb weder bestätigt noch "
            + "geändert werden."
    }
    var changeEmail: String { "E-Mail-Adresse ändern" }
    var changeEmailConsequence: String {
        "Wir senden einen Link an die neue Adresse. Sie gilt, sobald Sie ihn öffnen; die alte "
            + "Adresse wird dann benachrichtigt."
    }
    var newEmail: String { "Neue E-Mail-Adresse" }
    var sendLink: String { "Link senden" }

    func changePasswordConsequence(isMailed: Bool) -> String {
        isMailed
            ? "Ein neues Passwort beendet alle Ihre anderen Sitzungen. Wir benachrichtigen Sie per "
                + "E-Mail."
            : "Ein neues Passwort beendet alle Ihre anderen Sitzungen."
    }
    var currentPassword: String { "Aktuelles Passwort" }
    var revokeKeysToo: String { "Auch alle API-Schlüssel widerrufen" }
    var revokeKeysTooHint: String {
        "Wählen Sie das, wenn jemand anderes Ihr Passwort kennen könnte."
    }
    var changePassword: String { "Passwort ändern" }

    var exportIntroduction: String {
        "Alles, was über Sie gespeichert ist, als JSON-Datei ohne Passwörter und Schlüssel."
    }
    var downloadData: String { "Ihre Daten herunterladen" }
    var deleteYourAccount: String { "Ihr Konto löschen" }
    var deletionConsequence: String {
        "Ihr Konto, Ihre Sitzungen und API-Schlüssel werden sofort gelöscht und können nicht "
            + "wiederhergestellt werden."
    }
    var ownerCannotBeDeleted: String {
        "Ihnen gehört diese Website, und das Konto des Inhabers kann nicht gelöscht werden. "
            + "Übergeben Sie die Website zuerst an ein anderes Konto."
    }
    var deleteAccount: String { "Konto löschen" }
}
