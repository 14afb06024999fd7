/// What a browser sends once an authenticator has made a passkey (WebAuthn Level 3 §5.2.1).
public struct RegistrationResponse: Sendable, Equatable {
    /// The id of the passkey, as the browser names it.
    public var credentialID: [UInt8]
    /// The client data, in JSON.
    public var clientDataJSON: [UInt8]
    /// The attestation object, in CBOR.
    public var attestationObject: [UInt8]

    /// A response from its parts.
    public init(credentialID: [UInt8], clientDataJSON: [UInt8], attestationObject: [UInt8]) {
        self.credentialID = credentialID
        self.clientDataJSON = clientDataJSON
        self.attestationObject = attestationObject
    }
}

/// A passkey that was made by the rules.
public struct Registration: Sendable, Equatable {
    /// Its id, 1 to 1,023 bytes.
    public let credentialID: [UInt8]
    /// Its key.
    public let publicKey: PublicKey
    /// Its signature counter; 0 where the authenticator has none.
    public let signCount: UInt32
    /// Whether the authenticator verified its user.
    public let isUserVerified: Bool
    /// Whether it may be backed up, as synced passkeys are.
    public let isBackupEligible: Bool
    /// Whether it is backed up.
    public let isBackedUp: Bool
    /// The model of the authenticator, 16 bytes; often zeros, and never proven here.
    public let aaguid: [UInt8]
}
