/// What a mail is about; its raw value names its templates.
public enum MailKind: String, CaseIterable, Sendable {
    /// To the owner of a new account.
    case welcome
    /// To the owner: an account is waiting for approval.
    case approvalWanted
    /// To the owner of an account that was approved.
    case approved
    /// To the owner of an account that was declined.
    case declined
    /// An invitation to open an account.
    case invited
    /// A link that proves that the recipient reads the mailbox.
    case verify
    /// A link to set a new password.
    case reset
    /// A notice: the password is another one.
    case passwordChanged
    /// A notice: a link that was mailed set another password, and ended all that was there before.
    case passwordReset
    /// A notice: a sign-in from a device that was not seen before.
    case newDevice
    /// A notice to the old address: the account has another one.
    case emailChanged
    /// A notice: the account has one more API key.
    case apiKeyCreated
    /// To the owner: the reader of an account's mailbox reports that the account is not theirs.
    case addressRejected
    /// A notice to both: the server has another owner.
    case ownerChanged
    /// A notice: the account has one more sign-in method.
    case factorAdded
    /// A notice: a sign-in method of the account was removed.
    case factorRemoved
    /// A notice: a recovery code was used.
    case recoveryCodeUsed
    /// A notice: the account has other recovery codes.
    case recoveryCodesReplaced
    /// A notice: everything but the password was removed, by another hand than the holder's.
    case factorsReset
    /// The answer to a forgotten password of an account that has none.
    case passwordless
    /// To see whether mails arrive.
    case test
}

extension MailKind {
    /// The values that an order must have.
    ///
    /// `name` is how the person is addressed, `link` what they are asked to open, `time`, `device` and
    /// `address` when, with what and from where something was done: all of them texts for people.
    public var requiredValues: Set<String> {
        switch self {
        case .welcome, .declined: ["name"]
        case .approvalWanted: ["name", "applicantName", "applicantEmail", "link"]
        case .approved, .verify, .reset, .passwordless: ["name", "link"]
        case .invited: ["inviterName", "link", "code", "expires"]
        case .passwordChanged, .newDevice, .recoveryCodesReplaced:
            ["name", "time", "device", "address"]
        case .passwordReset:
            [
                "name", "time", "device", "address", "sessions", "apiKeys", "devices", "links",
                "invitations", "trustedBrowsers",
            ]
        case .emailChanged: ["name", "newEmail"]
        case .apiKeyCreated:
            [
                "name", "keyName", "prefix", "scopes", "expires", "time", "device", "address",
            ]
        case .addressRejected: ["name", "accountEmail", "accountRole", "time"]
        case .ownerChanged: ["name", "newOwner"]
        case .factorAdded, .factorRemoved: ["name", "method", "time", "device", "address"]
        case .recoveryCodeUsed: ["name", "left", "time", "device", "address"]
        case .factorsReset: ["name", "time", "reason"]
        case .test: []
        }
    }

    /// The values that an order may have; templates work without them.
    public var optionalValues: Set<String> {
        switch self {
        case .welcome: ["link"]
        // Without an account, often nothing but the address is known.
        case .invited: ["name"]
        case .approvalWanted, .approved, .declined, .verify, .reset, .passwordChanged,
            .newDevice, .emailChanged, .apiKeyCreated, .addressRejected, .factorAdded,
            .factorRemoved, .recoveryCodeUsed, .recoveryCodesReplaced, .factorsReset, .passwordless,
            .test:
            []
        // What the account has, and what it had.
        case .passwordReset: ["factorsKept", "factorsRemoved"]
        // There may have been none.
        case .ownerChanged: ["formerOwner"]
        }
    }
}
