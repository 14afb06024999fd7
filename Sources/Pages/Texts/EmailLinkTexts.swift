/// What the pages say that confirm an email by the link of a mail.
protocol EmailLinkTexts {
    // MARK: Whose account it is
    var isThisYourAccount: String { get }
    var enterPasswordToConfirm: String { get }
    var confirmYourEmail: String { get }
    var confirmYourNewEmail: String { get }
    var becomesYourEmail: String { get }
    var passwordProvesAccount: String { get }
    var confirmEmail: String { get }
    var setPasswordInstead: String { get }
    var emailNotConfirmed: String { get }

    // MARK: It is not
    var notYourAccount: String { get }
    var rejectionConsequence: String { get }
    var notMe: String { get }
    var notYourChange: String { get }
    var cancellationConsequence: String { get }
    var cancelChange: String { get }

    // MARK: What was done
    var emailIsConfirmed: String { get }
    var emailIsConfirmedConsequence: String { get }
    var accountIsRejected: String { get }
    var accountIsRejectedConsequence: String { get }
    var changeIsCancelled: String { get }
    var changeIsCancelledConsequence: String { get }
}
