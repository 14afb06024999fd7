/// What a mail is about; its raw value names its templates.
public enum MailKind: String, CaseIterable, Codable, Sendable {
    /// To somebody who has just opened an account.
    case welcome
    /// To the owner: somebody asks to be let in.
    case approvalWanted
    /// To somebody whose account was approved.
    case approved
    /// To somebody whose account was declined.
    case declined
    /// To somebody who may open an account.
    case invited
    /// To somebody who has to show that the address is theirs.
    case verify
    /// To somebody who has forgotten the password.
    case reset
    /// A notice: the password is another one.
    case passwordChanged
    /// A notice: somebody signed in from a device that was not seen before.
    case newDevice
    /// A notice to the old address: the account has another one.
    case emailChanged
}

extension MailKind {
    /// The values that the mailer itself knows, from the order and the configuration.
    public static let givenValues: Set<String> = ["recipient", "website"]

    /// The values that an order must hold.
    ///
    /// `name` is how the person is addressed, `link` what they are asked to open, `time`, `device` and
    /// `address` when, with what and from where something was done: all of them texts for people.
    public var requiredValues: Set<String> {
        switch self {
        case .welcome, .declined: ["name"]
        case .approvalWanted: ["name", "applicantName", "applicantEmail", "link"]
        case .approved, .verify, .reset: ["name", "link"]
        case .invited: ["inviterName", "link", "code", "expires"]
        case .passwordChanged, .newDevice: ["name", "time", "device", "address"]
        case .emailChanged: ["name", "newEmail"]
        }
    }

    /// The values that an order may hold; its templates cope without them.
    public var optionalValues: Set<String> {
        switch self {
        case .welcome: ["link"]
        // Of somebody who has no account yet, often nothing but the address is known.
        case .invited: ["name"]
        case .approvalWanted, .approved, .declined, .verify, .reset, .passwordChanged, .newDevice,
            .emailChanged:
            []
        }
    }
}
