extension German: SignInTexts {
    var signIn: String { "Anmelden" }
    func continueTo(_ host: String) -> String { "Weiter zu \(host)" }
    var forgotPassword: String { "Passwort vergessen?" }
    var createAccount: String { "Konto erstellen" }
    var joinTeam: String { "Dem Team beitreten" }

    var signedOut: String { "Sie sind abgemeldet." }
    var passwordWasSet: String { "Ihr Passwort wurde festgelegt. Melden Sie sich damit an." }
    var signInExpired: String {
        "Die Anmeldung ist abgelaufen. Geben Sie Ihr Passwort noch einmal ein."
    }
    var accountWasDeleted: String { "Ihr Konto wurde gelöscht." }
    var signInIsOff: String {
        "Die Anmeldung ist abgeschaltet. Nur der Inhaber und Administratoren können sich anmelden."
    }

    func wrongCredentials(reset: String?) -> HTML {
        html {
            b { "E-Mail-Adresse oder Passwort ist falsch." }
            " Prüfen Sie beides und versuchen Sie es erneut"
            if let reset {
                ", oder "
                a(reset) { "legen Sie ein neues Passwort fest" }
            }
            "."
        }
    }

    func throttled(_ wait: RoundedWait, until time: HTML) -> HTML {
        html {
            b { "Zu viele Versuche." }
            " Versuchen Sie es \(self.wait(wait)) erneut ("
            time
            "). Ihr Passwort wurde nicht geprüft."
        }
    }

    func disabled(support: String?) -> HTML {
        html {
            b { "Dieses Konto ist gesperrt." }
            if let support {
                " Um es wieder zu nutzen, "
                a(support) { "bitten Sie um Hilfe" }
                "."
            } else {
                " Um es wieder zu nutzen, wenden Sie sich an einen Administrator."
            }
        }
    }

    var signInRefused: HTML {
        html {
            b { "Dieses Konto kann sich nicht anmelden." }
            " Solange das abgeschaltet ist, können es nur der Inhaber und Administratoren."
        }
    }

    var busy: HTML {
        html {
            b { "Der Server ist ausgelastet." }
            " Es wurde nichts geändert. Geben Sie Ihr Passwort gleich noch einmal ein."
        }
    }

    var waitingTitle: String { "Ihr Konto wartet auf Freigabe" }
    var waitingLead: String {
        "Ein Administrator prüft es. Sie können sich anmelden, sobald es freigegeben ist."
    }
    var waitingForApproval: String { "Wartet auf Freigabe" }
    func emailAfterDecision(_ email: String) -> String {
        "Sobald darüber entschieden ist, schreiben wir an \(email). Sie können diese Seite schließen."
    }
    var noEmailAfterDecision: String {
        "Diese Website verschickt keine E-Mails. Melden Sie sich später erneut an, um zu sehen, ob "
            + "darüber entschieden ist."
    }
    var checkAgain: String { "Erneut prüfen" }

    var unconfirmedTitle: String { "Bestätigen Sie Ihre E-Mail-Adresse" }
    func openConfirmationLink(_ email: String) -> HTML {
        html {
            b { "Ihre E-Mail-Adresse ist noch nicht bestätigt." }
            " Öffnen Sie den neuesten Link, den wir an \(email) geschickt haben, und melden Sie sich "
            "dann an."
        }
    }
    var confirmationNeedsAdministrator: HTML {
        html {
            b { "Ihre E-Mail-Adresse ist noch nicht bestätigt." }
            " Diese Website verschickt keine E-Mails. Bitten Sie einen Administrator, sie zu bestätigen."
        }
    }
    func linkSentAgain(_ email: String) -> HTML {
        html {
            b { "Ein neuer Link an \(email) ist unterwegs." }
            " Das kann einige Minuten dauern; pro Stunde werden nur wenige verschickt."
        }
    }
    var sendLinkAgain: String { "Neuen Link senden" }
    var resendNeedsPassword: String {
        "Der Link ist nicht angekommen? Geben Sie Ihr Passwort ein, um einen neuen zu erhalten."
    }
    var signInAfterConfirmation: String { "Nach der Bestätigung anmelden" }

    var alreadySignedIn: String { "Sie sind angemeldet" }
    var continueOrSwitch: String {
        "Machen Sie mit diesem Konto weiter oder verwenden Sie ein anderes."
    }
    var signedInAs: String { "Angemeldet als" }
    func continueAs(_ name: String) -> HTML {
        html {
            "Weiter als "
            bdi(name)
        }
    }
    var switchAccount: String { "Konto wechseln" }
}

extension German: SignOutTexts {
    var logoutQuestion: String { "Möchten Sie sich abmelden?" }
    var logoutQuestionLead: String { "Ein Link auf einer anderen Website hat hierher geführt." }
    var staySignedIn: String { "Angemeldet bleiben" }
}
