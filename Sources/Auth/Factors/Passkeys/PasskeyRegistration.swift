/// The response of an authenticator that made a passkey (WebAuthn Level 3 §5.2.1), taken apart and not
/// verified.
public struct PasskeyRegistration: Sendable, Equatable {
    /// The id by which the authenticator names the passkey.
    public let handle: [UInt8]
    /// The client data, in JSON.
    public let clientData: [UInt8]
    /// The attestation object, in CBOR.
    public let attestationObject: [UInt8]
    /// How the client reaches the authenticator: `internal`, `usb`; unknown words, too.
    public let transports: [String]

    /// A response from its parts.
    public init(
        handle: [UInt8], clientData: [UInt8], attestationObject: [UInt8], transports: [String] = []
    ) {
        self.handle = handle
        self.clientData = clientData
        self.attestationObject = attestationObject
        self.transports = transports
    }
}
