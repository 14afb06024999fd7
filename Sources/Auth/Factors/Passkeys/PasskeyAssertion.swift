/// The response of a passkey to a challenge (WebAuthn Level 3 §5.2.2), taken apart and not verified.
public struct PasskeyAssertion: Sendable, Equatable {
    /// The id by which the authenticator names the passkey.
    public let handle: [UInt8]
    /// The client data, in JSON: exactly these bytes are signed.
    public let clientData: [UInt8]
    /// The authenticator data.
    public let authenticatorData: [UInt8]
    /// The signature over authenticator data and the hash of the client data.
    public let signature: [UInt8]
    /// The id of the account, as the authenticator keeps it; nil where it sent none.
    public let userHandle: [UInt8]?

    /// A response from its parts.
    public init(
        handle: [UInt8], clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8],
        userHandle: [UInt8]?
    ) {
        self.handle = handle
        self.clientData = clientData
        self.authenticatorData = authenticatorData
        self.signature = signature
        self.userHandle = userHandle
    }
}
