extension English: PasswordTexts {
    var resetYourPassword: String { "Reset your password" }
    var resetIntroduction: String { "We will email you a link to choose a new one." }
    var resetLinkHint: String { "The link can be used once and expires after 30 minutes." }
    var sendResetLink: String { "Send reset link" }
    var backToSignIn: String { "Back to sign in" }
    var resetNotSent: String { "No link was sent" }
    var resetRequested: String { "Check your email" }
    var resetRequestedLead: String {
        "If an account has this email, a link to choose a new password is on its way."
    }
    var resetRequestedHint: String {
        "It can take a few minutes. If nothing arrives, check the spelling and your spam folder."
    }

    var chooseNewPassword: String { "Choose a new password" }
    func forAccount(_ email: String) -> String { "For \(email)" }
    func newPasswordHint(atLeast minimum: Int) -> String {
        "At least \(minimum) characters. \(newPasswordHint)"
    }
    var resetConsequence: String {
        "You will be signed out everywhere, and your API keys and open invitations will be revoked, in "
            + "case someone else had access."
    }
    var setNewPassword: String { "Set new password" }
    var passwordNotSet: String { "The password was not changed" }
    var passwordIsSet: String { "Your password was changed" }
    var passwordIsSetConsequence: String {
        "You were signed out everywhere, and your API keys and open invitations were revoked."
    }
}
