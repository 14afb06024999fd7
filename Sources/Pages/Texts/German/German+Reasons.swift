import Auth
import Web

extension GermanExplanations {
    func sentence(for reason: Reason) -> String {
        switch reason {
        // 401
        case .noCredential: "Die Anfrage hatte weder ein Token noch ein Sitzungs-Cookie."
        case .cookiesDiffer:
            "Die Anfrage hatte zwei verschiedene Sitzungs-Cookies: Eine andere Anwendung auf einem benachbarten Host setzt eines."
        case .cookieMalformed: "Das Cookie hat nicht die Form eines Sitzungs-Cookies."
        case .unknownSession: "Zu diesem Cookie gibt es keine laufende Sitzung."
        case .tokenMalformed: "Ein solches Token stellt dieser Server nicht aus."
        case .tokenKeyUnknown:
            "Das Token wurde mit einem Schlüssel unterschrieben, den dieser Server nicht hat: dem eines anderen Servers, oder einem ersetzten."
        case .tokenSignature:
            "Die Unterschrift des Tokens ist falsch: Es ist gefälscht, beschädigt oder von einem anderen Server."
        case .tokenClaims:
            "Solche Angaben stellt dieser Server nie aus, und die Unterschrift ist gültig: Der Schlüssel ist anderen bekannt."
        case .tokenNotYetValid: "Das Token wurde in der Zukunft ausgestellt."
        case .tokenExpired: "Das Token ist abgelaufen."
        case .sessionEnded: "Die Sitzung des Tokens ist beendet."
        case .sessionOfAnother: "Die Sitzung des Tokens gehört einem anderen Konto."
        case .accountGone: "Das Konto gibt es nicht mehr."
        case .accountDisabled: "Das Konto ist gesperrt."
        case .callerEnded: "Sitzung oder Konto endete während der Anfrage."
        case .apiKeyMalformed: "Der API-Schlüssel ist falsch abgeschrieben oder abgeschnitten."
        case .apiKeyUnknown: "Es gibt keinen solchen gültigen API-Schlüssel."
        case .notAnAddress: "Die E-Mail-Adresse der Anmeldung ist ungültig."
        case .unknownAccount: "Kein Konto hat die E-Mail-Adresse der Anmeldung."
        case .wrongPassword: "Das Konto gibt es, und das Passwort war falsch."
        case .passwordTooLong: "Das Passwort war länger als erlaubt."
        case .passwordChanged: "Das Passwort wurde während der Anmeldung geändert."
        case .confirmationRequired:
            "Der Link wurde ohne Sitzung und ohne das Passwort des Kontos geöffnet."
        case .secondFactorRequired: "Das Passwort war richtig, der zweite Faktor stand noch aus."
        case .challengeUnknown: "Die Anmeldung war abgelaufen, abgeschlossen oder nie begonnen."
        case .challengeOfAnotherBrowser: "Ein anderer Browser hatte die Anmeldung begonnen."
        case .challengeExhausted: "Der zweite Faktor war zu oft falsch."
        case .codeWrong: "Der Code war falsch."
        case .codeUsed: "Der Code war schon benutzt."
        case .passkeyUnknown: "Das Konto hat diesen Passkey nicht."
        case .passkeyRefused: "Die Antwort des Passkeys verletzt eine Regel von WebAuthn."
        // 403
        case .pendingApproval: "Das Konto wartet auf Freigabe."
        case .emailUnverified: "Die Adresse des Kontos muss erst bestätigt werden."
        case .nativeSigninDisabled: "Die Anmeldung mit Passwort oder Passkey ist abgeschaltet."
        case .notAdministrator: "Das dürfen nur Eigentümer und Administratoren."
        case .notOwner: "Das darf nur der Eigentümer."
        case .targetProtected: "Das andere Konto hat eine mindestens gleich hohe Rolle."
        case .roleNotGivable: "Diese Rolle darf das Konto nicht vergeben."
        case .ownAccount: "Das ist mit dem eigenen Konto nicht möglich."
        case .requirementUnmet: "Rolle oder Stufe ist niedriger, als die Anwendung verlangt."
        case .apiKeyNotAllowed:
            "Dafür muss eine Person angemeldet sein; ein API-Schlüssel genügt nicht."
        case .insufficientScope: "Dem API-Schlüssel fehlt die Berechtigung dafür."
        case .currentPasswordWrong: "Das aktuelle Passwort war falsch."
        case .reauthenticationRequired: "Der letzte Nachweis in der Sitzung war dafür zu alt."
        case .factorEnrolmentRequired: "Das Konto braucht erst einen zweiten Faktor."
        case .ownerProtected:
            "Das Konto des Eigentümers kann nicht gelöscht, gesperrt oder herabgestuft werden."
        case .registrationClosed: "Der Server nimmt solche neuen Konten nicht an."
        case .setupCodeMissing: "Die Einrichtung braucht den Code aus dem Protokoll des Starts."
        case .setupCodeWrong: "Der Einrichtungscode ist nicht der des letzten Starts."
        case .crossOrigin: "Eine Seite einer anderen Website ließ den Browser die Anfrage senden."
        case .prefetched: "Ein Browser lud den Link, bevor ihm eine Person folgte."
        // 409
        case .emailTaken: "Ein anderes Konto hat diese E-Mail-Adresse."
        case .alreadySetUp: "Der Server hat einen Eigentümer."
        case .databaseInUse: "Die gewählte Datenbank enthält schon Konten."
        case .notPending: "Das Konto war schon freigegeben oder abgelehnt."
        case .limitReached: "Das Konto hat so viele API-Schlüssel oder Passkeys wie erlaubt."
        case .noSecondFactor: "Das Konto hat keinen solchen zweiten Faktor."
        case .lastSignInMethod: "Ohne diesen Nachweis wäre keine Anmeldung mehr möglich."
        case .passkeysUnavailable: "Die Adresse dieses Servers erlaubt keine Passkeys."
        // 429
        case .loginLimit: "Aus einem Netz kamen zu viele Anmeldungen."
        case .signupLimit: "Aus einem Netz kamen zu viele Registrierungen."
        case .setupLimit: "Aus einem Netz kamen zu viele Versuche der Einrichtung."
        case .mailLimit: "Aus einem Netz wurden zu viele E-Mails angefordert."
        case .recipientLimit: "Die Adresse hat so viele E-Mails erhalten wie erlaubt."
        case .deviceLoginLimit: "Bekannte Geräte des Kontos haben sich zu oft angemeldet."
        case .failedLoginsLimit:
            "Für das Konto wurden zu viele falsche Passwörter oder Codes versucht."
        case .failedLoginsOfNetworkLimit:
            "Für das Konto wurden aus einem Netz zu viele falsche Passwörter oder Codes versucht."
        case .failedLoginsOfDeviceLimit:
            "Ein bekanntes Gerät hat zu viele falsche Passwörter oder Codes versucht."
        case .hashingLimit:
            "Zu viele Passwörter eines Netzes oder Kontos warteten auf ihre Prüfung."
        case .hashingOfAddressLimit: "Für eine Adresse wurden zu viele Passwörter versucht."
        case .passwordCheckLimit:
            "Aus einem Netz kamen zu viele Prüfungen von Passwörtern oder Faktoren."
        case .challengeLimit: "Aus einem Netz wurden zu viele Anfragen für Passkeys begonnen."
        case .newAccountLimit: "Mit einer Adresse wurden zu viele Konten angefordert."
        case .tierLimit: "Das Konto hat die Anfragen seiner Stufe verbraucht."
        case .sessionLimit: "Das Konto hat zu viele Sitzungen begonnen."
        case .apiKeyLimit: "Das Konto hat zu viele API-Schlüssel angelegt."
        case .inviteLimit: "Das Konto hat zu viele Einladungen angelegt."
        // 503
        case .hashingQueueFull: "Mehr Passwörter warteten, als rechtzeitig geprüft werden konnten."
        case .writeQueueFull: "Mehr Schreibvorgänge warteten, als die Festplatte aufnehmen konnte."
        case .laneQueueFull: "Mehr Anfragen warteten, als rechtzeitig beginnen konnten."
        case .waitedTooLong: "Die Anfrage wartete so lange, wie sie höchstens darf."
        case .tooManyConnections: "Es waren zu viele Verbindungen offen."
        case .writeTimedOut: "Die Datenbank war gesperrt, oder die Festplatte war zu langsam."
        case .databaseLocked: "Ein anderer Prozess hatte die Datenbank gesperrt."
        case .diskFull: "Die Festplatte oder das Kontingent war voll."
        case .diskFault: "Die Festplatte ist gestört; siehe das Protokoll des Kernels."
        case .readOnly: "Die Datenbank, ihr Verzeichnis oder das Dateisystem war schreibgeschützt."
        case .databaseCorrupt:
            "Die Datenbank ist beschädigt: Halten Sie den Server an und spielen Sie eine Sicherung ein."
        case .databaseMoved:
            "Die Einrichtung hat den Server inzwischen auf eine andere Datenbank umgestellt."
        case .databaseFault:
            "Die Datenbank ist gestört; das Protokoll sagt unter derselben Anfragenummer, wie."
        case .databaseUnreachable:
            "Der Datenbankserver war nicht erreichbar; das Protokoll sagt, warum."
        case .databaseTimedOut: "Der Datenbankserver antwortete nicht rechtzeitig."
        case .databaseContention: "Zu viele Anfragen änderten gleichzeitig dieselben Daten."
        case .connectionsBusy: "Alle Verbindungen zum Datenbankserver waren belegt."
        case .writeOutcomeUnknown:
            "Die Verbindung zur Datenbank riss ab, und ob die Änderung gespeichert wurde, ist unbekannt."
        case .noDescriptor: "Der Prozess hatte keinen Dateideskriptor mehr."
        case .closing: "Der Server wurde gerade beendet."
        case .fileFault:
            "Eine Datei konnte nicht geschrieben werden; das Protokoll nennt sie unter derselben Anfragenummer."
        case .outboxFull: "Der Postausgang war voll: Der Mailserver nimmt nichts an."
        case .mailNotSealed: "Eine E-Mail konnte für den Postausgang nicht verschlüsselt werden."
        case .factorKeyUnusable:
            "Kein geheimer Schlüssel des Servers öffnet die gespeicherten Schlüssel; siehe lunauth check."
        case .auditKeyUnusable:
            "Kein geheimer Schlüssel des Servers öffnet die Schlüssel des Protokolls; siehe lunauth check."
        case .hashingFault: "Das Passwort konnte aus Mangel an Speicher nicht geprüft werden."
        case .passkeyFault: "Der Passkey konnte aus Mangel an Speicher nicht geprüft werden."
        case .mailNotConfigured: "Dieser Server sendet keine E-Mails."
        case .notInMemory: "Daten, die im Speicher sein sollten, fehlten."
        case .notReady: "Eine Prüfung des Servers schlug fehl."
        }
    }
}
