public import Auth
import COpenSSL
import Crypto

/// A passkey and its authenticator, with an Ed25519 key.
///
/// What it says of itself can be changed, so that it breaks rules.
public struct TestPasskey: Sendable {
    /// The id by which it is named.
    public var handle = Random.bytes(32)
    /// Whether its user was verified (UV).
    public var isUserVerified = true
    /// Whether it can be copied (BE).
    public var isBackupEligible = false
    /// Whether it is copied (BS).
    public var isBackedUp = false
    /// The signature counter; one more with each use, unless it is 0.
    public var signCount: UInt32 = 0
    /// The account that it names.
    public var userHandle: [UInt8]?
    /// The domain that it is bound to.
    public var rpID = "localhost"
    /// The origin of the page.
    public var origin = "http://localhost"

    private let seed = Random.bytes(32)

    /// A passkey that is not registered.
    public init() {}

    /// The response to the options of a registration.
    public mutating func register(_ options: RegistrationOptions) -> PasskeyRegistration {
        userHandle = options.userHandle
        let key: [UInt8] = [0xA4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32] + publicKey
        let credential =
            [UInt8](repeating: 0, count: 16) + [0, UInt8(handle.count)] + handle + key
        let data = authenticatorData(with: 0x40) + credential
        let object =
            [0xA3] + Self.text("fmt") + Self.text("none") + Self.text("attStmt") + [0xA0]
            + Self.text("authData") + [0x58, UInt8(data.count)] + data
        return PasskeyRegistration(
            handle: handle, clientData: clientData("webauthn.create", options.challenge),
            attestationObject: object, transports: ["internal", "unheard-of"])
    }

    /// The response to the options of a use.
    public mutating func use(_ options: AssertionOptions) -> PasskeyAssertion {
        if signCount > 0 { signCount += 1 }
        let clientData = clientData("webauthn.get", options.challenge)
        let data = authenticatorData(with: 0)
        return PasskeyAssertion(
            handle: handle, clientData: clientData, authenticatorData: data,
            signature: sign(data + SHA256.digest(clientData).bytes), userHandle: userHandle)
    }

    private func clientData(_ type: String, _ challenge: [UInt8]) -> [UInt8] {
        let challenge = Base64URL.encode(challenge)
        return Array(
            #"{"type":"\#(type)","challenge":"\#(challenge)","origin":"\#(origin)","crossOrigin":false}"#
                .utf8)
    }

    private func authenticatorData(with flags: UInt8) -> [UInt8] {
        let flags =
            flags | 1 | (isUserVerified ? 4 : 0) | (isBackupEligible ? 8 : 0)
            | (isBackedUp ? 16 : 0)
        let count = (0..<4).map { UInt8(truncatingIfNeeded: signCount >> UInt32(24 - 8 * $0)) }
        return SHA256.digest(rpID.utf8).bytes + [flags] + count
    }

    /// A text of fewer than 24 bytes in CBOR.
    private static func text(_ text: String) -> [UInt8] {
        [0x60 | UInt8(text.utf8.count)] + text.utf8
    }

    private var publicKey: [UInt8] {
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        defer { EVP_PKEY_free(key) }
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        precondition(EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1)
        return bytes
    }

    private func sign(_ message: [UInt8]) -> [UInt8] {
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        defer { EVP_PKEY_free(key) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        precondition(EVP_DigestSignInit(context, nil, nil, nil, key) == 1)
        precondition(EVP_DigestSign(context, &signature, &count, message, message.count) == 1)
        return signature
    }
}
