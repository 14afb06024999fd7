/// Why the domain refuses a request or cannot process it.
///
/// Each case becomes one stable error code; where a code may have several reasons, the case carries the
/// reason for the log.
public enum AuthError: Error, Sendable {
    /// Inputs are invalid; all of them are listed at once.
    case invalidInput([InvalidInput])
    /// A credential is required and no valid one was sent.
    case unauthenticated(Reason)
    /// The credential is malformed, forged, or belongs to an ended session.
    case invalidToken(Reason)
    /// The credential has expired.
    case tokenExpired
    /// Unknown account or wrong password: clients are not told which.
    case invalidCredentials(Reason)
    /// The account waits for approval.
    case pendingApproval
    /// The account is disabled.
    case accountDisabled
    /// Signing in with a password is disabled for this account's role.
    case nativeSigninDisabled
    /// The caller's role does not allow it.
    case forbidden(Reason)
    /// The account's address is unconfirmed, and a confirmed one is required.
    case emailUnverified
    /// API keys are not accepted here.
    case apiKeyNotAllowed
    /// The API key lacks the scope (RFC 6750 §3.1).
    case insufficientScope
    /// The present password is required, and the submitted one is wrong.
    case wrongPassword
    /// The owner's account cannot be removed: a server always has an owner.
    case ownerProtected
    /// No such account, invitation, session or key, as far as the caller may know.
    case notFound
    /// The account is not pending approval.
    case notPending
    /// The maximum number exists already.
    case limitReached
    /// The link was used, has expired, or never existed; with the outcome, where it is known.
    case invalidLink(SettledLink?)
    /// The link is valid, but its holder has not proven that the account is theirs.
    case confirmationRequired
    /// The operation requires a fresh proof, by one of these methods.
    case reauthenticationRequired([SignInMethod])
    /// The password was right, and a second factor has to be proven.
    case secondFactorRequired(PendingSignIn)
    /// The server requires a second factor that the account does not have; nil for a signed-in caller.
    case factorEnrolmentRequired(PendingSignIn?)
    /// The step was not begun, was taken already, has expired, or belongs to another browser.
    case invalidChallenge(Reason)
    /// The code is wrong, or was used before.
    case invalidCode(Reason)
    /// The passkey is unknown, or its response breaks a rule.
    case invalidPasskey(PasskeyRefusal)
    /// The account has no second factor.
    case noSecondFactor
    /// Without it the account could not be signed in to.
    case lastSignInMethod
    /// The server offers no passkeys: its website has no name that they can be bound to.
    case passkeysUnavailable
    /// New accounts of this kind are disabled.
    case registrationClosed
    /// The invitation is unknown, paused, expired or used up.
    case invalidInvite
    /// Another account has this email.
    case emailTaken
    /// An owner exists.
    case alreadySetUp
    /// Setup was requested from a remote address without the one-time code.
    case setupCodeRequired(Reason)
    /// The database that setup names contains accounts already.
    case databaseInUse
    /// A limit is reached; it allows the next request in this many seconds, rounded up.
    case tooManyRequests(retryAfter: Int, limit: Throttle.Limit)
    /// No transport is configured for the mail that the request would send.
    case mailNotConfigured
    /// Too much work is waiting already; more would not start in time.
    case overloaded(retryAfter: Int, Reason)
    /// A fault of the server; what happened, for the log only.
    case unavailable(Reason, detail: String)
    /// The result is not in memory: try again on the store lane.
    case notInMemory
}

extension AuthError {
    /// The reason, for the log; nil where only the client is at fault (400, 404).
    public var reason: Reason? {
        switch self {
        case .unauthenticated(let reason), .invalidToken(let reason),
            .invalidCredentials(let reason), .forbidden(let reason), .invalidCode(let reason),
            .invalidChallenge(let reason),
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
        case .secondFactorRequired: .secondFactorRequired
        case .factorEnrolmentRequired: .factorEnrolmentRequired
        case .invalidPasskey(let refusal): refusal.reason
        case .noSecondFactor: .noSecondFactor
        case .lastSignInMethod: .lastSignInMethod
        case .passkeysUnavailable: .passkeysUnavailable
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
    /// The reason for the log and the record when this limit refuses a client.
    public var reason: Reason {
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
        case .challenge: .challengeLimit
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
