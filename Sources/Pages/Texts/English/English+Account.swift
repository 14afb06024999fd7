import Auth

extension English: AccountTexts {
    var yourAccount: String { "Your account" }
    var accountIntroduction: String { "Profile, sign-in methods, sessions and API keys." }

    func name(of section: AccountSection) -> String {
        switch section {
        case .profile: "Profile"
        case .email: "Email"
        case .security: "Sign-in methods"
        case .password: "Password"
        case .sessions: "Sessions"
        case .activity: "Activity"
        case .keys: "API keys"
        case .data: "Your data"
        }
    }

    func done(_ change: AccountChangeMade) -> String {
        switch change {
        case .app: "Your authenticator app was added."
        case .appRemoved: "Your authenticator app was removed."
        case .passkey: "Your passkey was added."
        case .passkeyRenamed: "The passkey was renamed."
        case .passkeyRemoved: "The passkey was removed. It no longer signs in."
        case .passwordRemoved: "Your password was removed. Sign in with a passkey."
        case .trust: "The browser is no longer trusted."
        case .disowned:
            "The session has ended. Set a new password now: another person may know the old one."
        case .disownedPasskey:
            "The session has ended. Remove the passkeys that you do not know, and set a password."
        case .profile: "Your profile was saved."
        case .link: "We sent you a link. Open it to confirm your email."
        case .confirmed: "Your email was already confirmed."
        case .email: "We sent a link to the new email. Open it to make the change."
        case .password: "Your password was changed, and your other sessions have ended."
        case .session: "The session has ended."
        case .sessions: "All your other sessions have ended."
        case .key: "The API key was revoked. Programs can no longer use it."
        }
    }

    func notDone(_ form: AccountForm) -> String {
        switch form {
        case .factor: "Nothing was added"
        case .recoveryCodes: "No new codes were created"
        case .removeApp: "The app was not removed"
        case .renamePasskey: "The passkey was not renamed"
        case .removePasskey: "The passkey was not removed"
        case .removePassword: "The password was not removed"
        case .disown: "The session was not ended"
        case .endTrust: "The trust was not ended"
        case .profile: "Your profile was not saved"
        case .resend: "No link was sent"
        case .email: "Your email was not changed"
        case .password: "Your password was not changed"
        case .endSession: "The session was not ended"
        case .endOtherSessions: "Your other sessions were not ended"
        case .createKey: "The API key was not created"
        case .revokeKey: "The API key was not revoked"
        case .deletion: "Your account was not deleted"
        }
    }

    var languageOfAccount: String { "Language" }
    var automaticLanguage: String { "Automatic, as in your browser" }
    var nameOfLanguage: String { "English" }
    var saveProfile: String { "Save profile" }

    var memberSince: String { "Member since" }

    var unconfirmedEmail: String { "Open the link that we emailed you to confirm it." }
    var resendLink: String { "Send link again" }
    var emailFixed: String {
        "This server sends no email, so your email cannot be confirmed or changed here."
    }
    var changeEmail: String { "Change email" }
    var changeEmailConsequence: String {
        "We send a link to the new email. Your email changes when you open it, and we tell the old one."
    }
    var newEmail: String { "New email" }
    var sendLink: String { "Send link" }

    func changePasswordConsequence(isMailed: Bool) -> String {
        isMailed
            ? "A new password ends all your other sessions. We email you about the change."
            : "A new password ends all your other sessions."
    }
    var currentPassword: String { "Current password" }
    var revokeKeysToo: String { "Revoke all API keys, too" }
    var revokeKeysTooHint: String { "Choose this if someone else may know your password." }
    var changePassword: String { "Change password" }

    var exportIntroduction: String {
        "Everything stored about you, as a JSON file without passwords and keys."
    }
    var downloadData: String { "Download your data" }
    var deleteYourAccount: String { "Delete your account" }
    var deletionConsequence: String {
        "Your account, sessions and API keys are deleted immediately and cannot be restored."
    }
    var ownerCannotBeDeleted: String {
        "You own this site, and the owner's account cannot be deleted. Hand the site over to "
            + "another account first."
    }
    var deleteAccount: String { "Delete account" }
}
