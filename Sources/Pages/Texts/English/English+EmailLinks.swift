extension English: EmailLinkTexts {
    var isThisYourAccount: String { "Is this your account?" }
    var enterPasswordToConfirm: String { "Enter its password to confirm the email address." }
    var confirmYourEmail: String { "Confirm your email" }
    var confirmYourNewEmail: String { "Confirm your new email" }
    var becomesYourEmail: String { "It replaces the current email of the account." }
    var passwordProvesAccount: String { "This proves that the account is yours." }
    var confirmEmail: String { "Confirm email" }
    var setPasswordInstead: String { "Set a new password instead" }
    var emailNotConfirmed: String { "The email was not confirmed" }

    var notYourAccount: String { "Not your account?" }
    var rejectionConsequence: String {
        "Someone may have entered your address by mistake. A new account will be deleted; any other "
            + "will be reported to the operator of this site."
    }
    var notMe: String { "This was not me" }
    var notYourChange: String { "Not your account, or a mistake?" }
    var cancellationConsequence: String { "The account will keep its current email." }
    var cancelChange: String { "Cancel the change" }

    var emailIsConfirmed: String { "Your email is confirmed" }
    var emailIsConfirmedConsequence: String {
        "We can now email you links to reset your password and notices about your account."
    }
    var accountIsRejected: String { "Thank you for telling us" }
    var accountIsRejectedConsequence: String {
        "An account that was never confirmed or approved was deleted; any other was reported to the "
            + "operator of this site."
    }
    var changeIsCancelled: String { "The change was cancelled" }
    var changeIsCancelledConsequence: String { "The account keeps its current email." }
}
