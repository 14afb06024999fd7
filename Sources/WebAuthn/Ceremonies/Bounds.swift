/// How many bytes are read; all of it was in a request body, which is bounded too.
enum Bounds {
    /// WebAuthn Level 3 §4, credential ID.
    static let credentialID = 1...1_023
    /// Browsers send a few hundred; members may be added (§5.8.1).
    static let clientData = 1...4_096
    /// With a chain of certificates, which some authenticators add unasked.
    static let attestationObject = 1...16_384
    /// The longest id, an RSA key and some extensions.
    static let newAuthenticatorData = AuthenticatorData.headLength...4_096
    /// Without a key, and with some extensions.
    ///
    /// Before libfido2 verifies a signature of EdDSA, it copies them with a hash of 32 bytes into a buffer
    /// of 1,024 bytes: of more of them, it would say that it failed, not that they are wrong.
    static let usedAuthenticatorData = AuthenticatorData.headLength...992
    /// An RSA signature has 256, others fewer.
    static let signature = 1...512
}
