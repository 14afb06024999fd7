/// What the pages say that set a forgotten password.
protocol PasswordTexts {
    // MARK: Requesting a link
    var resetYourPassword: String { get }
    var resetIntroduction: String { get }
    var resetLinkHint: String { get }
    var sendResetLink: String { get }
    var backToSignIn: String { get }
    var resetNotSent: String { get }
    /// The same whether or not an account has the email.
    var resetRequested: String { get }
    var resetRequestedLead: String { get }
    var resetRequestedHint: String { get }

    // MARK: Setting the password
    var chooseNewPassword: String { get }
    /// Whose password it is.
    func forAccount(_ email: String) -> String
    /// The rule for new passwords, and advice.
    func newPasswordHint(atLeast minimum: Int) -> String
    var resetConsequence: String { get }
    var setNewPassword: String { get }
    var passwordNotSet: String { get }
    var passwordIsSet: String { get }
    var passwordIsSetConsequence: String { get }
}
