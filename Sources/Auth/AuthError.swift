/// Why the domain refuses, or cannot answer.
///
/// Each case becomes one stable code on the wire.
public enum AuthError: Error, Sendable, Equatable {
    /// Inputs are at fault; all of them are named at once.
    case invalidInput([InvalidInput])
    /// A credential is needed and none was sent.
    case unauthenticated
    /// The credential is malformed, forged, or of an ended session.
    case invalidToken
    /// The credential was good once.
    case tokenExpired
    /// Unknown account or wrong password: nobody outside learns which.
    case invalidCredentials
    /// The account waits for approval.
    case pendingApproval
    /// The account is disabled.
    case accountDisabled
    /// Signing in with a password is switched off for this account's role.
    case nativeSigninDisabled
    /// The caller's role does not allow it.
    case forbidden
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
    /// The link was used, is too old, or never was.
    case invalidLink
    /// New accounts of this kind are switched off.
    case registrationClosed
    /// The invitation is unknown, paused, expired or used up.
    case invalidInvite
    /// Another account has this email.
    case emailTaken
    /// An owner exists.
    case alreadySetUp
    /// Setup was asked for from afar without the one-time code.
    case setupCodeRequired
    /// The database that setup names holds accounts already.
    case databaseInUse
    /// A limit is reached; it frees in this many seconds, rounded up.
    case tooManyRequests(retryAfter: Int)
    /// Too many derivations wait; one more would not start in time.
    case overloaded(retryAfter: Int)
    /// A fault on our side; what happened, for the log alone.
    case unavailable(String)
    /// The answer is not in memory: ask again on the store lane.
    case notInMemory
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
