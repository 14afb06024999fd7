import Auth

extension German: FactorTexts {
    var enterCode: String { "Code eingeben" }
    var proveWithPasskey: String { "Passkey verwenden" }
    var oneMoreStep: String { "Ihr Passwort ist richtig. Noch ein Schritt." }
    var sixDigitCode: String { "6-stelliger Code" }
    var sixDigitCodeHint: String {
        "Aus der Authenticator-App auf Ihrem Telefon. Er wechselt alle 30 Sekunden."
    }
    func trustBrowser(days: Int) -> String {
        days == 1
            ? "Diesem Browser einen Tag lang vertrauen"
            : "Diesem Browser \(days) Tage lang vertrauen"
    }
    var trustBrowserHint: String {
        "Bis dahin genügt hier Ihr Passwort. Nicht auf einem gemeinsam genutzten Computer."
    }
    var continueSignIn: String { "Weiter" }
    var otherMethods: String { "Andere Wege" }
    var usePasskey: String { "Passkey verwenden" }
    var signInWithPasskey: String { "Mit Passkey anmelden" }
    var useRecoveryCode: String { "Wiederherstellungscode verwenden" }
    var recoveryCode: String { "Wiederherstellungscode" }
    var recoveryCodeHint: String { "Einer der zehn, die Sie gespeichert haben. Jeder gilt einmal." }
    var checkRecoveryCode: String {
        "Prüfen Sie ihn und versuchen Sie es noch einmal. Ein Code gilt einmal."
    }
    func signingIn(as email: String) -> String { "Anmeldung als \(email)." }
    var notYou: String { "Nicht Sie?" }
    var passkeyNeedsScript: String {
        "Passkeys brauchen einen neueren Browser, der Skripte ausführt."
    }

    var passkeyCancelled: String {
        "Der Vorgang wurde abgebrochen, oder dieses Gerät hat keinen Passkey für Ihr Konto."
    }
    var passkeyKnown: String { "Dieses Gerät hat schon einen Passkey für Ihr Konto." }
    var passkeyFailed: String { "Das hat nicht geklappt. Versuchen Sie es gleich noch einmal." }
    var registerPasskeyAgain: String {
        "Melden Sie sich auf einem anderen Weg an, entfernen Sie diesen Passkey, und fügen Sie ihn "
            + "wieder hinzu."
    }
    func passkeysElsewhere(_ site: String) -> String {
        "Passkeys funktionieren nur unter \(site). Öffnen Sie die Seite dort, um sie zu verwenden."
    }
    func passkeysUnavailable(_ obstacle: PasskeyAvailability.Obstacle) -> String {
        switch obstacle {
        case .address:
            "Passkeys sind nicht verfügbar: Die Adresse dieser Website ist eine "
                + "Zahl. Sie brauchen einen Hostnamen."
        case .insecure:
            "Passkeys sind nicht verfügbar: Diese Website wird ohne https geöffnet."
        case .otherDomain:
            "Passkeys sind nicht verfügbar: Die Adresse dieser Website passt nicht "
                + "zu ihren Einstellungen."
        }
    }

    // The word is wider than a narrow card: it may be broken where it is composed.
    var recoveryCodes: String { "Wiederherstellungs\u{AD}codes" }
    var yourRecoveryCodes: String { "Ihre Wiederherstellungs\u{AD}codes" }
    var recoveryCodesLead: String {
        "Mit einem davon melden Sie sich an, wenn Telefon oder Passkey verloren sind."
    }
    var storeRecoveryCodes: HTML {
        html {
            b { "Bewahren Sie diese Codes getrennt von Ihrem Telefon auf." }
            " Drucken Sie sie, oder speichern Sie sie in einem Passwortmanager. Sie werden nur "
            "einmal gezeigt."
        }
    }
    func recoveryCodesMade(_ date: HTML, for email: String, at site: String) -> HTML {
        html {
            "Erstellt am "
            date
            " für \(email) bei \(site). Jeder Code gilt einmal. Frühere Codes gelten nicht mehr."
        }
    }
    var copyCodes: String { "Alle kopieren" }
    var printCodes: String { "Drucken" }
    var codesAreSaved: String { "Ich habe diese Codes gespeichert" }
    var finish: String { "Fertig" }
    func recoveryCodesLeft(_ count: Int) -> String {
        switch count {
        case 0: "Keiner übrig"
        case 1: "Einer übrig"
        default: "\(number(count)) übrig"
        }
    }
    func fewRecoveryCodes(_ count: Int) -> String {
        switch count {
        case 0: "Keine Wiederherstellungscodes mehr übrig"
        case 1: "Nur noch ein Wiederherstellungscode übrig"
        default: "Nur noch \(number(count)) Wiederherstellungscodes übrig"
        }
    }
    var fewRecoveryCodesConsequence: String {
        "Ohne Codes verlieren Sie mit Telefon oder Passkey auch den Zugang."
    }
    var recoveryCodesRunLow: String { "Wird knapp" }
    var replaceCodes: String { "Neue Codes erstellen" }
    var replaceCodesConsequence: String { "Neue Codes ersetzen sie." }

    var authenticatorApp: String { "Authenticator-App" }
    var authenticatorAppAbout: String {
        "Eine App auf Ihrem Telefon, die einen Code mit sechs Ziffern zeigt."
    }
    var setUpApp: String { "Authenticator-App einrichten" }
    var setUp: String { "Einrichten" }
    var scanCode: String {
        "Scannen Sie diesen Code mit der App, und geben Sie ein, was die App zeigt."
    }
    var qrCode: String { "QR-Code für Ihre Authenticator-App" }
    var cannotScan: String { "Der Code lässt sich nicht scannen?" }
    var openInApp: String { "In einer App auf diesem Gerät öffnen" }
    var appSecret: String { "Oder tippen Sie diesen Schlüssel in die App" }
    var copySecret: String { "Schlüssel kopieren" }
    var codeOfApp: String { "Code, den die App zeigt" }
    var confirmApp: String { "App bestätigen" }
    var appSetupEnded: String { "Diese Einrichtung ist beendet" }
    var appSetupAgain: String {
        "Sie gilt zehn Minuten und fünf Versuche. Beginnen Sie neu, und scannen Sie den neuen Code."
    }

    var passkeysAbout: String {
        "Anmelden mit Fingerabdruck, Gesicht oder PIN, ohne Passwort."
    }
    var addPasskey: String { "Passkey hinzufügen" }
    var passkeyName: String { "Name" }
    var passkeyNameHint: String { "Zum Wiedererkennen, etwa „Laptop“." }
    var renamePasskey: String { "Umbenennen" }
    var remove: String { "Entfernen" }
    var change: String { "Ändern" }
    var syncedPasskey: String { "Synchronisiert" }
    func added(_ date: HTML) -> HTML {
        html {
            "Hinzugefügt "
            date
        }
    }
    var notUsedYet: String { "noch nicht verwendet" }

    var securityIntroduction: String {
        "Behalten Sie mindestens zwei, damit ein verlorenes Gerät Sie nicht aussperrt."
    }
    var passwordMethod: String { "Passwort" }
    var noSecondFactorYet: String {
        "Nur Ihr Passwort schützt dieses Konto. Fügen Sie einen Passkey oder eine "
            + "Authenticator-App hinzu."
    }
    var removePasswordConsequence: String {
        "Entfernen beendet Ihre anderen Sitzungen. Danach gelten nur noch Passkeys, keine "
            + "Wiederherstellungscodes."
    }
    var setPassword: String { "Passwort festlegen" }
    var trustedBrowsers: String { "Vertraute Browser" }
    var trustedBrowsersAbout: String { "Dort genügt Ihr Passwort, um sich anzumelden." }
    var endTrust: String { "Vertrauen beenden" }
    func trustEnds(_ date: HTML) -> HTML {
        html {
            "bis "
            date
        }
    }

    var enrolTitle: String { "Schützen Sie Ihr Konto" }
    var enrolLead: String {
        "Diese Website verlangt einen zweiten Faktor. Ihr Passwort ist richtig; fügen Sie einen "
            + "hinzu, um sich anzumelden."
    }
    var enrolChoice: String { "Wählen Sie einen. Weitere können Sie später hinzufügen." }

    var offerTitle: String { "Nächstes Mal schneller anmelden" }
    var offerLead: String {
        "Mit einem Passkey melden Sie sich mit Fingerabdruck, Gesicht oder PIN an. Er lässt sich "
            + "nicht abfischen."
    }
    var notNow: String { "Jetzt nicht" }

    var proofTitle: String { "Bestätigen Sie, dass Sie es sind" }
    var proofLead: String { "Dafür ist ein Nachweis nötig, der höchstens zehn Minuten alt ist." }
    var proofForForm: String { "Danach wird Ihre Änderung ausgeführt." }
    var proofThenAgain: String { "Geben Sie Ihre Änderung danach noch einmal ein." }
    var confirmWithCode: String { "Mit dem Code bestätigen" }
    var confirmWithPassword: String { "Mit dem Passwort bestätigen" }
    var confirmWithRecoveryCode: String { "Mit einem Wiederherstellungscode bestätigen" }
    var cancel: String { "Abbrechen" }

    var signInMethods: String { "Anmeldewege" }
    var noFactors: String { "Dieses Konto hat keinen zweiten Faktor." }
    var resetFactors: String { "Zweite Faktoren zurücksetzen" }
    var resetFactorsConsequence: String {
        "Entfernt Authenticator-App, Passkeys und Wiederherstellungscodes und beendet alle "
            + "Sitzungen. Die Person erfährt es per E-Mail."
    }
    var factorsWereReset: String {
        "Die zweiten Faktoren wurden entfernt und alle Sitzungen beendet."
    }
}
