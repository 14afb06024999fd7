/// The sections of the account page; the raw value is the id of the section's panel.
enum AccountSection: String, CaseIterable {
    case profile, email, security, password, sessions, activity, keys, data

    /// The page, scrolled to the section.
    var address: String { "\(Pages.Path.account)#\(rawValue)" }
}

/// A change that was made on the account page: the word for it in the address of the page that follows.
///
/// Closed, so that no text of an address is ever shown.
enum AccountChangeMade: String, CaseIterable {
    /// Name and language.
    case profile
    /// A link to confirm the address was sent.
    case link
    /// The address was confirmed already.
    case confirmed
    /// A link to the new address was sent.
    case email
    case password
    /// One session ended.
    case session
    /// All other sessions ended.
    case sessions
    /// An API key was revoked.
    case key
    /// An authenticator app was added.
    case app
    case appRemoved
    /// A passkey was added.
    case passkey
    case passkeyRenamed
    case passkeyRemoved
    case passwordRemoved
    /// A browser is not trusted any more.
    case trust
    /// A sign-in by another person has ended: a new password is due.
    case disowned
    /// The same, of an account without a password.
    case disownedPasskey

    /// Where the page says so.
    var section: AccountSection {
        switch self {
        case .profile: .profile
        case .link, .confirmed, .email: .email
        case .password, .disowned: .password
        case .session, .sessions: .sessions
        case .key: .keys
        case .app, .appRemoved, .passkey, .passkeyRenamed, .passkeyRemoved, .passwordRemoved,
            .trust, .disownedPasskey:
            .security
        }
    }

    /// The page that says so, at the notice: browsers focus it by the fragment alone.
    var address: String {
        "\(Pages.Path.account)?done=\(rawValue)#\(FieldError.summaryID)"
    }
}

/// The forms of the account page.
enum AccountForm {
    case profile, resend, email, password, endSession, endOtherSessions, createKey, revokeKey
    case deletion
    /// Adding a second factor.
    case factor
    case recoveryCodes, removeApp, renamePasskey, removePasskey, removePassword, endTrust
    /// Ending a sign-in by another person.
    case disown

    /// Where it is, and what went wrong with it is said.
    var section: AccountSection {
        switch self {
        case .profile: .profile
        case .resend, .email: .email
        case .password: .password
        case .endSession, .endOtherSessions: .sessions
        case .disown: .activity
        case .createKey, .revokeKey: .keys
        case .deletion: .data
        case .factor, .recoveryCodes, .removeApp, .renamePasskey, .removePasskey, .removePassword,
            .endTrust:
            .security
        }
    }

    /// The member that proves who one is; nil for a form without a password.
    var proof: String? {
        switch self {
        case .email, .createKey, .deletion: "password"
        case .password: "currentPassword"
        case .profile, .resend, .endSession, .endOtherSessions, .revokeKey, .factor, .recoveryCodes,
            .removeApp, .renamePasskey, .removePasskey, .removePassword, .endTrust, .disown:
            nil
        }
    }

    /// What the id of a field has before its name, which several forms of the page have.
    var idPrefix: String {
        switch self {
        case .email: "email-"
        case .createKey: "key-"
        case .deletion: "delete-"
        default: ""
        }
    }

    /// The id of a field.
    func id(of field: String) -> String { idPrefix + field }
}
