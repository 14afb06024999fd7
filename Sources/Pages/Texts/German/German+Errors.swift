import Auth
import Web

extension German: ErrorTexts {
    func title(of code: ErrorCode) -> String {
        switch code {
        case .accountDisabled: "Dieses Konto ist gesperrt"
        case .alreadySetUp, .notFound: "Diese Seite gibt es nicht"
        case .apiKeyNotAllowed, .insufficientScope: "Ein API-Schlüssel reicht dafür nicht aus"
        case .confirmationRequired: "Bestätigen Sie, dass das Konto Ihnen gehört"
        case .contentTooLarge, .uriTooLong, .fieldsTooLarge: "Die Anfrage ist zu groß"
        case .crossOrigin: "Die Anfrage kam von einer anderen Website"
        case .databaseInUse: "Diese Datenbank enthält schon Konten"
        case .emailTaken: "Zu dieser E-Mail-Adresse gibt es schon ein Konto"
        case .emailUnverified: "Ihre E-Mail-Adresse ist nicht bestätigt"
        case .expectationFailed, .httpVersionNotSupported, .malformedJSON, .malformedRequest,
            .methodNotImplemented, .unsupportedMediaType:
            "Die Anfrage ist nicht lesbar"
        case .factorEnrolmentRequired: "Ein zweiter Faktor ist nötig"
        case .invalidChallenge: "Diese Anmeldung ist abgelaufen"
        case .invalidCode: "Der Code ist nicht richtig"
        case .invalidPasskey: "Der Passkey wurde nicht angenommen"
        case .lastSignInMethod: "Das ist Ihr letzter Weg, sich anzumelden"
        case .noSecondFactor: "Ihr Konto hat keinen zweiten Faktor"
        case .passkeysUnavailable: "Passkeys sind hier nicht verfügbar"
        case .secondFactorRequired: "Noch ein Schritt"
        case .forbidden: "Sie können diese Seite nicht öffnen"
        case .invalidCredentials: "E-Mail-Adresse oder Passwort ist falsch"
        case .invalidInvite: "Diese Einladung ist nicht gültig"
        case .invalidLink: "Dieser Link funktioniert nicht"
        case .invalidRequest: "Einige Angaben müssen korrigiert werden"
        case .invalidToken, .tokenExpired, .unauthenticated: "Sie sind abgemeldet"
        case .limitReached: "Mehr davon sind nicht möglich"
        case .mailNotConfigured: "Dieser Server versendet keine E-Mails"
        case .methodNotAllowed: "Diese Seite kann das nicht"
        case .nativeSigninDisabled: "Die Anmeldung mit Passwort oder Passkey ist abgeschaltet"
        case .notPending: "Dieses Konto wartet nicht auf Freigabe"
        case .overloaded, .tooManyConnections: "Der Server ist ausgelastet"
        case .ownerProtected: "Das Konto des Inhabers ist geschützt"
        case .pendingApproval: "Ihr Konto wartet auf Freigabe"
        case .reauthenticationRequired: "Bestätigen Sie, dass Sie es sind"
        case .registrationClosed: "Die Registrierung ist geschlossen"
        case .requestTimeout: "Die Anfrage hat zu lange gedauert"
        case .setupCodeRequired: "Der Einrichtungscode wird benötigt"
        case .tooManyRequests: "Zu viele Versuche"
        case .unavailable: "Der Server kann das gerade nicht ausführen"
        case .wrongPassword: "Das Passwort ist falsch"
        }
    }

    func advice(for code: ErrorCode) -> String {
        switch code {
        case .accountDisabled:
            "Ein Administrator hat es gesperrt. Wenden Sie sich an ihn, um es wieder zu nutzen."
        case .alreadySetUp, .notFound:
            "Vielleicht ist die Adresse falsch geschrieben, oder das Ziel wurde entfernt."
        case .apiKeyNotAllowed, .insufficientScope: "Melden Sie sich mit Ihrem Passwort an."
        case .confirmationRequired: "Melden Sie sich an oder geben Sie das Passwort des Kontos ein."
        case .contentTooLarge, .uriTooLong, .fieldsTooLarge:
            "Senden Sie weniger Text und versuchen Sie es erneut."
        case .crossOrigin:
            "Zu Ihrer Sicherheit wurde sie abgelehnt. Öffnen Sie die Seite hier und versuchen Sie "
                + "es erneut."
        case .databaseInUse: "Wählen Sie einen anderen Namen für die Datenbank."
        case .emailTaken: "Melden Sie sich an oder verwenden Sie eine andere Adresse."
        case .emailUnverified:
            "Öffnen Sie den Link aus unserer E-Mail und versuchen Sie es dann erneut."
        case .expectationFailed, .httpVersionNotSupported, .malformedJSON, .malformedRequest,
            .methodNotImplemented, .unsupportedMediaType:
            "Gehen Sie zurück und versuchen Sie es erneut. Hilft das nicht, wenden Sie sich an den "
                + "Betreiber dieser Website."
        case .factorEnrolmentRequired:
            "Fügen Sie Ihrem Konto eine Authenticator-App oder einen Passkey hinzu."
        case .invalidChallenge: "Melden Sie sich noch einmal an."
        case .invalidCode: "Warten Sie auf den nächsten Code und versuchen Sie es noch einmal."
        case .invalidPasskey:
            "Versuchen Sie es noch einmal, oder melden Sie sich auf einem anderen Weg an."
        case .lastSignInMethod: "Richten Sie einen anderen ein, bevor Sie ihn entfernen."
        case .noSecondFactor: "Fügen Sie zuerst eine Authenticator-App oder einen Passkey hinzu."
        case .passkeysUnavailable: "Sie brauchen eine Adresse mit https und einem Hostnamen."
        case .secondFactorRequired: "Weisen Sie Ihren zweiten Faktor nach, um sich anzumelden."
        case .forbidden: "Ihr Konto hat nicht die Rolle, die dafür nötig ist."
        case .invalidCredentials:
            "Prüfen Sie beides und versuchen Sie es erneut, oder legen Sie ein neues Passwort fest."
        case .invalidInvite: "Bitten Sie um eine neue Einladung."
        case .invalidLink: "Er wurde schon benutzt oder ist abgelaufen. Fordern Sie einen neuen an."
        case .invalidRequest: "Gehen Sie zurück, korrigieren Sie sie und versuchen Sie es erneut."
        case .invalidToken, .tokenExpired, .unauthenticated:
            "Melden Sie sich an, um fortzufahren."
        case .limitReached: "Entfernen Sie zuerst einen Eintrag."
        case .mailNotConfigured: "Wenden Sie sich an den Betreiber dieser Website."
        case .methodNotAllowed: "Gehen Sie zurück und versuchen Sie es erneut."
        case .nativeSigninDisabled:
            "Hier können sich nur der Inhaber und Administratoren anmelden."
        case .notPending: "Es wurde schon freigegeben oder abgelehnt."
        case .overloaded, .tooManyConnections, .unavailable:
            "Es wurde nichts geändert. Versuchen Sie es gleich noch einmal."
        case .ownerProtected:
            "Es kann weder gelöscht noch gesperrt werden und keine andere Rolle bekommen."
        case .pendingApproval:
            "Sie können es nutzen, sobald ein Administrator es freigegeben hat."
        case .reauthenticationRequired: "Ihr letzter Nachweis ist mehr als zehn Minuten her."
        case .registrationClosed:
            "Diese Website nimmt keine neuen Konten an. Eine Einladung gilt weiterhin."
        case .requestTimeout: "Prüfen Sie Ihre Verbindung und versuchen Sie es erneut."
        case .setupCodeRequired: "Er steht im Protokoll des Servers."
        case .tooManyRequests: "Warten Sie einen Moment und versuchen Sie es erneut."
        case .wrongPassword: "Prüfen Sie es und versuchen Sie es erneut."
        }
    }

    func settled(_ outcome: SettledLink.Outcome) -> String {
        switch outcome {
        case .approved: "Das Konto wurde schon freigegeben"
        case .declined: "Das Konto wurde schon abgelehnt"
        case .confirmed: "Die E-Mail-Adresse wurde schon bestätigt"
        case .cancelled: "Die Änderung der E-Mail-Adresse wurde schon abgebrochen"
        case .rejected: "Das Konto wurde schon als fremd gemeldet"
        case .passwordSet: "Mit diesem Link wurde schon ein Passwort festgelegt"
        }
    }

    func tryAgain(inSeconds seconds: Int) -> String {
        "Sie können es \(wait(RoundedWait(seconds: Int64(seconds)))) erneut versuchen."
    }

    var requestID: String { "Anfragenummer" }
    var goToAccount: String { "Zu Ihrem Konto" }
    var goToSignIn: String { "Zur Anmeldung" }
}
