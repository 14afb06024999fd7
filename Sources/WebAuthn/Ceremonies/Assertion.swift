/// What a browser sends once a passkey was used (WebAuthn Level 3 §5.2.2).
public struct AssertionResponse: Sendable, Equatable {
    /// The id of the passkey, by which it was found.
    public var credentialID: [UInt8]
    /// The client data, in JSON.
    public var clientDataJSON: [UInt8]
    /// The authenticator data.
    public var authenticatorData: [UInt8]
    /// The signature over the authenticator data and the hash of the client data.
    public var signature: [UInt8]
    /// The account, as the authenticator keeps it; nil where it keeps none.
    public var userHandle: [UInt8]?

    /// A response from its parts.
    public init(
        credentialID: [UInt8], clientDataJSON: [UInt8], authenticatorData: [UInt8],
        signature: [UInt8], userHandle: [UInt8]?
    ) {
        self.credentialID = credentialID
        self.clientDataJSON = clientDataJSON
        self.authenticatorData = authenticatorData
        self.signature = signature
        self.userHandle = userHandle
    }
}

/// What is known of a passkey since its registration or its last use.
public struct StoredPasskey: Sendable, Equatable {
    /// Its id.
    public var credentialID: [UInt8]
    /// Its key.
    public var publicKey: PublicKey
    /// The last signature counter.
    public var signCount: UInt32
    /// Whether it may be backed up.
    public var isBackupEligible: Bool
    /// Its account.
    public var userHandle: [UInt8]

    /// A passkey from its parts.
    public init(
        credentialID: [UInt8], publicKey: PublicKey, signCount: UInt32, isBackupEligible: Bool,
        userHandle: [UInt8]
    ) {
        self.credentialID = credentialID
        self.publicKey = publicKey
        self.signCount = signCount
        self.isBackupEligible = isBackupEligible
        self.userHandle = userHandle
    }
}

/// A use of a passkey by the rules.
public struct Assertion: Sendable, Equatable {
    /// The signature counter, to be kept.
    public let signCount: UInt32
    /// Whether the authenticator verified its user.
    public let isUserVerified: Bool
    /// Whether the passkey may be backed up.
    public let isBackupEligible: Bool
    /// Whether it is backed up.
    public let isBackedUp: Bool
}
