/// Why the domain refuses, or cannot answer.
///
/// Each case becomes one stable code on the wire; where that may have several reasons, the case carries
/// the one for the log.
public enum AuthError: Error, Sendable {
    /// Inputs are at fault; all of them are named at once.
    case invalidInput([InvalidInput])
    /// A credential is needed and no good one was sent.
    case unauthenticated(Reason)
    /// The credential is malformed, forged, or of an ended session.
    case invalidToken(Reason)
    /// The credential was good once.
    case tokenExpired
    /// Unknown account or wrong password: nobody outside learns which.
    case invalidCredentials(Reason)
    /// The account waits for approval.
    case pendingApproval
    /// The account is disabled.
    case accountDisabled
    /// Signing in with a password is switched off for this account's role.
    case nativeSigninDisabled
    /// The caller's role does not allow it.
    case forbidden(Reason)
    /// The account's address has not been confirmed, which is asked for.
    case emailUnverified
    /// API keys are not accepted here.
    case apiKeyNotAllowed
    /// The API key lacks the scope (RFC 6750 §3.1).
    case insufficientScope
    /// The current password was asked for, and this is not it.
    case wrongPassword
    /// The owner's account cannot be given up: a server always has one.
    case ownerProtected
    /// No such account, invitation, session or key, as far as the caller may know.
    case notFound
    /// The account does not wait for approval.
    case notPending
    /// As many as there may be exist already.
    case limitReached
    /// The link was used, is too old, or never was; what came of it, where that is known.
    case invalidLink(SettledLink?)
    /// The link is good, and whoever uses it has not shown that the account is theirs.
    case confirmationRequired
    /// What is asked for takes the password, with the request or a moment ago.
    case reauthenticationRequired
    /// New accounts of this kind are switched off.
    case registrationClosed
    /// The invitation is unknown, paused, expired or used up.
    case invalidInvite
    /// Another account has this email.
    case emailTaken
    /// An owner exists.
    case alreadySetUp
    /// Setup was asked for from afar without the one-time code.
    case setupCodeRequired(Reason)
    /// The database that setup names holds accounts already.
    case databaseInUse
    /// A limit is reached; it frees in this many seconds, rounded up.
    case tooManyRequests(retryAfter: Int, limit: Throttle.Limit)
    /// No transport is configured for the mail that this would send.
    case mailNotConfigured
    /// Too much waits already; one more would not start in time.
    case overloaded(retryAfter: Int, Reason)
    /// A fault on our side; what happened, for the log alone.
    case unavailable(Reason, detail: String)
    /// The answer is not in memory: ask again on the store lane.
    case notInMemory
}

extension AuthError {
    /// Why, for the log; nil where the client alone is at fault (400, 404).
    public var reason: Reason? {
        switch self {
        case .unauthenticated(let reason), .invalidToken(let reason),
            .invalidCredentials(let reason), .forbidden(let reason),
            .setupCodeRequired(let reason), .overloaded(_, let reason),
            .unavailable(let reason, _):
            reason
        case .tooManyRequests(_, let limit): limit.reason
        case .tokenExpired: .tokenExpired
        case .pendingApproval: .pendingApproval
        case .accountDisabled: .accountDisabled
        case .nativeSigninDisabled: .nativeSigninDisabled
        case .emailUnverified: .emailUnverified
        case .apiKeyNotAllowed: .apiKeyNotAllowed
        case .insufficientScope: .insufficientScope
        case .wrongPassword: .currentPasswordWrong
        case .confirmationRequired: .confirmationRequired
        case .reauthenticationRequired: .reauthenticationRequired
        case .ownerProtected: .ownerProtected
        case .registrationClosed: .registrationClosed
        case .notPending: .notPending
        case .limitReached: .limitReached
        case .emailTaken: .emailTaken
        case .alreadySetUp: .alreadySetUp
        case .databaseInUse: .databaseInUse
        case .mailNotConfigured: .mailNotConfigured
        case .notInMemory: .notInMemory
        case .invalidInput, .notFound, .invalidLink, .invalidInvite: nil
        }
    }
}

extension Throttle.Limit {
    /// What the log says about who is turned away by it.
    fileprivate var reason: Reason {
        switch self {
        case .login: .loginLimit
        case .signup: .signupLimit
        case .setup: .setupLimit
        case .mail: .mailLimit
        case .recipient: .recipientLimit
        case .deviceLogin: .deviceLoginLimit
        case .failedLogins: .failedLoginsLimit
        case .failedLoginsOfNetwork: .failedLoginsOfNetworkLimit
        case .failedLoginsOfDevice: .failedLoginsOfDeviceLimit
        case .passwordCheck: .passwordCheckLimit
        case .hashing: .hashingLimit
        case .hashingOfAddress: .hashingOfAddressLimit
        case .newAccount: .newAccountLimit
        case .tiers: .tierLimit
        case .sessions: .sessionLimit
        case .apiKeys: .apiKeyLimit
        case .invites: .inviteLimit
        }
    }
}

/// One input at fault.
public struct InvalidInput: Sendable, Equatable {
    /// The member of the request.
    public let field: String
    /// A sentence for a person; names the limit that was broken, never the value.
    public let message: String

    /// One input at fault.
    public init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }

    /// An input that must be there and is not.
    public static func missing(_ field: String) -> InvalidInput {
        InvalidInput(field, "is required")
    }
}
