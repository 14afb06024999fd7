import Bytes
import COpenSSL

/// Authenticated encryption: AES-256 in Galois/Counter Mode with random nonces (NIST SP 800-38D,
/// AEAD_AES_256_GCM of RFC 5116).
///
/// A key may seal 2^32 messages before two random nonces are likely to meet (SP 800-38D §8.3).
public enum AEAD {
    private static let nonceBytes = 12
    private static let tagBytes = 16

    /// Encrypts a message so that only the key opens it, in the same context.
    ///
    /// - Parameters:
    ///   - message: What is hidden.
    ///   - context: What is bound to it without being hidden; the same is needed to open it.
    ///   - key: 32 bytes.
    /// - Returns: Nonce, ciphertext and tag, one after the other: 28 bytes more than the message.
    /// - Throws: `invalidLength` for another length of key, `unavailable` when OpenSSL fails.
    public static func seal(
        _ message: [UInt8], context: [UInt8], key: Secret
    ) throws(CryptoError) -> [UInt8] {
        let nonce = Random.bytes(nonceBytes)
        var sealed = [UInt8](repeating: 0, count: message.count)
        var tag = [UInt8](repeating: 0, count: tagBytes)
        let cipher = try Cipher()
        try key.withBytes { (key) throws(CryptoError) in
            try cipher.begin(.encryption, key: key, nonce: nonce)
        }
        try cipher.update(context: context)
        try cipher.update(message, into: &sealed)
        try cipher.finish()
        try cipher.get(tag: &tag)
        return nonce + sealed + tag
    }

    /// Decrypts what `seal` gave.
    ///
    /// - Parameters:
    ///   - sealed: Nonce, ciphertext and tag.
    ///   - context: That of the sealing.
    ///   - key: 32 bytes.
    /// - Returns: The message; nil when key, context or a single bit differ.
    /// - Throws: As `seal`.
    public static func open(
        _ sealed: [UInt8], context: [UInt8], key: Secret
    ) throws(CryptoError) -> [UInt8]? {
        guard sealed.count >= nonceBytes + tagBytes else { return nil }
        let end = sealed.count - tagBytes
        var message = [UInt8](repeating: 0, count: end - nonceBytes)
        let cipher = try Cipher()
        try key.withBytes { (key) throws(CryptoError) in
            try cipher.begin(.decryption, key: key, nonce: Array(sealed[..<nonceBytes]))
        }
        try cipher.update(context: context)
        try cipher.update(Array(sealed[nonceBytes..<end]), into: &message)
        try cipher.set(tag: Array(sealed[end...]))
        do {
            try cipher.finish()
            return message
        } catch {
            wipe(&message)
            return nil
        }
    }
}

/// One message under way through OpenSSL's cipher.
@safe
private final class Cipher {
    enum Direction: Int32 {
        case decryption = 0
        case encryption = 1
    }

    private let context: OpaquePointer

    init() throws(CryptoError) {
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw Self.failure() }
        unsafe self.context = context
    }

    deinit {
        // Wipes the key schedule.
        unsafe EVP_CIPHER_CTX_free(context)
    }

    func begin(_ direction: Direction, key: Span<UInt8>, nonce: [UInt8]) throws(CryptoError) {
        guard key.count == 32 else { throw .invalidLength }
        try Self.check(
            unsafe key.withUnsafeBufferPointer { key in
                unsafe EVP_CipherInit_ex(
                    context, EVP_aes_256_gcm(), nil, key.baseAddress, nonce, direction.rawValue)
            })
    }

    func update(context additional: [UInt8]) throws(CryptoError) {
        var written: Int32 = 0
        try Self.check(
            unsafe EVP_CipherUpdate(
                context, nil, &written, additional, Self.length(additional)))
    }

    func update(_ input: [UInt8], into output: inout [UInt8]) throws(CryptoError) {
        guard !input.isEmpty else { return }
        var written: Int32 = 0
        try Self.check(
            unsafe EVP_CipherUpdate(context, &output, &written, input, Self.length(input)))
    }

    func finish() throws(CryptoError) {
        var (written, rest): (Int32, [UInt8]) = (0, [UInt8](repeating: 0, count: 16))
        try Self.check(unsafe EVP_CipherFinal_ex(context, &rest, &written))
    }

    func get(tag: inout [UInt8]) throws(CryptoError) {
        try Self.check(
            unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(tag.count), &tag))
    }

    func set(tag: [UInt8]) throws(CryptoError) {
        var tag = tag
        try Self.check(
            unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tag.count), &tag))
    }

    private static func length(_ bytes: [UInt8]) throws(CryptoError) -> Int32 {
        guard let length = Int32(exactly: bytes.count) else { throw .invalidLength }
        return length
    }

    private static func check(_ status: Int32) throws(CryptoError) {
        guard status == 1 else { throw failure() }
    }

    private static func failure() -> CryptoError {
        ERR_clear_error()
        return .unavailable
    }
}

@available(*, unavailable)
extension Cipher: Sendable {}
