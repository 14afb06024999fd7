extension English: SignInTexts {
    var signIn: String { "Sign in" }
    func continueTo(_ host: String) -> String { "Continue to \(host)" }
    var forgotPassword: String { "Forgot your password?" }
    var createAccount: String { "Create an account" }
    var joinTeam: String { "Join the team" }

    var signedOut: String { "You are signed out." }
    var passwordWasSet: String { "Your password was set. Sign in with it." }
    var signInExpired: String { "The sign-in has expired. Enter your password again." }
    var accountWasDeleted: String { "Your account was deleted." }
    var signInIsOff: String {
        "Signing in is switched off. Only the owner and administrators can sign in."
    }

    func wrongCredentials(reset: String?) -> HTML {
        html {
            b { "The email or password is incorrect." }
            " Check both and try again"
            if let reset {
                ", or "
                a(reset) { "set a new password" }
            }
            "."
        }
    }

    func throttled(_ wait: RoundedWait, until time: HTML) -> HTML {
        html {
            b { "Too many attempts." }
            " Try again \(self.wait(wait)) ("
            time
            "). Your password was not checked."
        }
    }

    func disabled(support: String?) -> HTML {
        html {
            b { "This account is disabled." }
            if let support {
                " To use it again, "
                a(support) { "ask for help" }
                "."
            } else {
                " To use it again, contact an administrator."
            }
        }
    }

    var signInRefused: HTML {
        html {
            b { "This account cannot sign in." }
            " Only the owner and administrators can while this is switched off."
        }
    }

    var busy: HTML {
        html {
            b { "The server is busy." }
            " Nothing was changed. Enter your password again in a moment."
        }
    }

    var waitingTitle: String { "Your account is waiting for approval" }
    var waitingLead: String {
        "An administrator will review it. You can sign in once it is approved."
    }
    var waitingForApproval: String { "Waiting for approval" }
    func emailAfterDecision(_ email: String) -> String {
        "We will email \(email) when there is a decision. You can close this page."
    }
    var noEmailAfterDecision: String {
        "This site sends no email. Sign in again later to see whether there is a decision."
    }
    var checkAgain: String { "Check again" }

    var unconfirmedTitle: String { "Confirm your email" }
    func openConfirmationLink(_ email: String) -> HTML {
        html {
            b { "Your email is not confirmed yet." }
            " Open the newest link that we emailed to \(email), then sign in."
        }
    }
    var confirmationNeedsAdministrator: HTML {
        html {
            b { "Your email is not confirmed yet." }
            " This site sends no email. Ask an administrator to confirm it."
        }
    }
    func linkSentAgain(_ email: String) -> HTML {
        html {
            b { "Another link to \(email) is on its way." }
            " It can take a few minutes; only a few are sent an hour."
        }
    }
    var sendLinkAgain: String { "Send another link" }
    var resendNeedsPassword: String {
        "The link did not arrive? Enter your password to get another one."
    }
    var signInAfterConfirmation: String { "Sign in after confirming" }

    var alreadySignedIn: String { "You are signed in" }
    var continueOrSwitch: String { "Continue with this account, or use another one." }
    var signedInAs: String { "Signed in as" }
    func continueAs(_ name: String) -> HTML {
        html {
            "Continue as "
            bdi(name)
        }
    }
    var switchAccount: String { "Switch account" }
}

extension English: SignOutTexts {
    var logoutQuestion: String { "Sign out?" }
    var logoutQuestionLead: String { "A link on another site led here." }
    var staySignedIn: String { "Stay signed in" }
}
