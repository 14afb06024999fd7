/// What the pages about signing in and out say.
protocol SignInTexts {
    /// The title of the page, and its button.
    var signIn: String { get }
    /// Where one is led afterwards: the host of an application.
    func continueTo(_ host: String) -> String
    var forgotPassword: String { get }
    var createAccount: String { get }
    var joinTeam: String { get }

    // MARK: What happened before
    var signedOut: String { get }
    var passwordWasSet: String { get }
    var accountWasDeleted: String { get }
    /// A second step that came too late.
    var signInExpired: String { get }
    /// Members and customers cannot sign in.
    var signInIsOff: String { get }

    // MARK: What went wrong
    /// Unknown address or wrong password; with a link to set a new one, where mails are sent.
    func wrongCredentials(reset: String?) -> HTML
    /// After too many failures.
    func throttled(_ wait: RoundedWait, until time: HTML) -> HTML
    /// The account is disabled; with a link to where one gets help.
    func disabled(support: String?) -> HTML
    /// Sign-in is switched off for this account.
    var signInRefused: HTML { get }
    var busy: HTML { get }

    // MARK: The account waits
    var waitingTitle: String { get }
    var waitingLead: String { get }
    var waitingForApproval: String { get }
    func emailAfterDecision(_ email: String) -> String
    var noEmailAfterDecision: String { get }
    var checkAgain: String { get }

    // MARK: The address is not confirmed
    var unconfirmedTitle: String { get }
    func openConfirmationLink(_ email: String) -> HTML
    var confirmationNeedsAdministrator: HTML { get }
    func linkSentAgain(_ email: String) -> HTML
    var sendLinkAgain: String { get }
    var resendNeedsPassword: String { get }
    var signInAfterConfirmation: String { get }

    // MARK: Signed in already
    var alreadySignedIn: String { get }
    var continueOrSwitch: String { get }
    var signedInAs: String { get }
    func continueAs(_ name: String) -> HTML
    var switchAccount: String { get }
}

/// What the pages about signing out say.
protocol SignOutTexts {
    var logoutQuestion: String { get }
    /// Why it is asked.
    var logoutQuestionLead: String { get }
    var staySignedIn: String { get }
}
