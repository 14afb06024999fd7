/// What a browser needs to make a passkey (WebAuthn Level 3 §5.4).
public struct RegistrationOptions: Sendable, Equatable {
    /// The domain that the passkey is bound to.
    public let rpID: String
    /// The name of the site.
    public let rpName: String
    /// The id of the account, by which a passkey names it.
    public let userHandle: [UInt8]
    /// The address of the account.
    public let email: String
    /// The name of the account.
    public let name: String
    /// 32 random bytes.
    public let challenge: [UInt8]
    /// The algorithms of the key (COSE), the preferred one first.
    public let algorithms: [Int]
    /// How long the challenge may be answered, in seconds.
    public let lifetime: Int64
    /// The passkeys that the account has: their authenticators make no second one.
    public let excluded: [PasskeyDescriptor]
}

/// What a browser needs to use a passkey (WebAuthn Level 3 §5.5).
public struct AssertionOptions: Sendable, Equatable {
    /// The domain that the passkey is bound to.
    public let rpID: String
    /// 32 random bytes.
    public let challenge: [UInt8]
    /// How long the challenge may be answered, in seconds.
    public let lifetime: Int64
    /// The passkeys of the account; empty where the passkey names the account.
    public let allowed: [PasskeyDescriptor]
    /// Whether the device has to verify its user: where no other factor was proven.
    public let requiresUserVerification: Bool
}

/// A passkey, as a browser names it.
public struct PasskeyDescriptor: Sendable, Equatable {
    /// The id by which the authenticator names the passkey.
    public let handle: [UInt8]
    /// How the browser reaches the authenticator.
    public let transports: [String]
}

/// What a passkey is asked for.
public enum PasskeyUse: Sendable {
    /// A sign-in without a name: the passkey says whose.
    case signIn
    /// The second step of a sign-in.
    case secondStep(challenge: TextInput, SignInClient)
    /// Another proof in a session.
    case reauthentication(Caller)
}
