/// How many bytes are read; all of it was in a request body, which is bounded too.
enum Bounds {
    /// WebAuthn Level 3 §4, credential ID.
    static let credentialID = 1...1_023
    /// Browsers send a few hundred; members may be added (§5.8.1).
    static let clientData = 1...4_096
    /// With a chain of certificates, whoever asked for it.
    static let attestationObject = 1...16_384
    /// The longest id, an RSA key and some extensions.
    static let authenticatorData = AuthenticatorData.headLength...4_096
    /// An RSA signature has 256, others fewer.
    static let signature = 1...512
}
