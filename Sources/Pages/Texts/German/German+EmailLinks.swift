extension German: EmailLinkTexts {
    var isThisYourAccount: String { "Ist das Ihr Konto?" }
    var enterPasswordToConfirm: String {
        "Geben Sie das Passwort des Kontos ein, um die E-Mail-Adresse zu bestätigen."
    }
    var confirmYourEmail: String { "E-Mail-Adresse bestätigen" }
    var confirmYourNewEmail: String { "Neue E-Mail-Adresse bestätigen" }
    var becomesYourEmail: String { "Sie ersetzt die bisherige E-Mail-Adresse des Kontos." }
    var passwordProvesAccount: String { "Damit zeigen Sie, dass das Konto Ihnen gehört." }
    var confirmEmail: String { "E-Mail-Adresse bestätigen" }
    var setPasswordInstead: String { "Stattdessen ein neues Passwort festlegen" }
    var emailNotConfirmed: String { "Die E-Mail-Adresse wurde nicht bestätigt" }

    var notYourAccount: String { "Nicht Ihr Konto?" }
    var rejectionConsequence: String {
        "Vielleicht hat jemand Ihre Adresse versehentlich eingegeben. Ein neues Konto wird gelöscht, "
            + "jedes andere dem Betreiber dieser Website gemeldet."
    }
    var notMe: String { "Das war ich nicht" }
    var notYourChange: String { "Nicht Ihr Konto oder ein Versehen?" }
    var cancellationConsequence: String { "Das Konto behält seine bisherige E-Mail-Adresse." }
    var cancelChange: String { "Änderung abbrechen" }

    var emailIsConfirmed: String { "Ihre E-Mail-Adresse ist bestätigt" }
    var emailIsConfirmedConsequence: String {
        "Wir können Ihnen jetzt Links zum Zurücksetzen Ihres Passworts und Nachrichten zu Ihrem Konto "
            + "senden."
    }
    var accountIsRejected: String { "Danke für Ihre Mitteilung" }
    var accountIsRejectedConsequence: String {
        "Ein Konto, das nie bestätigt oder freigegeben war, wurde gelöscht, jedes andere dem Betreiber "
            + "dieser Website gemeldet."
    }
    var changeIsCancelled: String { "Die Änderung wurde abgebrochen" }
    var changeIsCancelledConsequence: String {
        "Das Konto behält seine bisherige E-Mail-Adresse."
    }
}
