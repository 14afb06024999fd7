import Bytes
import COpenSSL

/// Signatures that anyone can verify who has the public key (Ed25519, RFC 8032).
public enum Ed25519 {
    /// Bytes of a private key, of which all else is derived (RFC 8032 §5.1.5).
    public static let seedCount = 32
    /// Bytes of a public key.
    public static let publicKeyCount = 32
    /// Bytes of a signature.
    public static let signatureCount = 64

    /// A key that signs.
    ///
    /// Immutable, shared by all threads.
    public struct PrivateKey: Sendable {
        private let seed: Secret
        /// What verifies its signatures.
        public let publicKey: [UInt8]

        /// Takes the seed of a key.
        ///
        /// - Throws: `invalidLength` unless it has 32 bytes; `unavailable` when OpenSSL has no memory.
        public init(seed: Secret) throws(CryptoError) {
            let key = try Key(seed: seed)
            self.seed = seed
            publicKey = try key.publicKey()
        }

        /// Signs a message.
        ///
        /// - Throws: `unavailable` when OpenSSL has no memory.
        public func sign(_ message: some Collection<UInt8>) throws(CryptoError) -> [UInt8] {
            try Key(seed: seed).sign(Array(message))
        }
    }

    /// Whether a signature is of this message by the key; false for a key or signature of another
    /// length.
    ///
    /// - Throws: `unavailable` when OpenSSL has no memory.
    public static func isValid(
        _ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]
    ) throws(CryptoError) -> Bool {
        guard signature.count == signatureCount, publicKey.count == publicKeyCount else {
            return false
        }
        return try Key(publicKey: publicKey).verifies(signature, of: message)
    }
}

/// A key of OpenSSL, for one operation.
@safe
private struct Key: ~Copyable {
    private let pointer: OpaquePointer

    /// A key that signs.
    init(seed: Secret) throws(CryptoError) {
        unsafe pointer = try seed.withBytes { (bytes) throws(CryptoError) in
            guard bytes.count == Ed25519.seedCount else { throw .invalidLength }
            return try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(CryptoError) in
                try unsafe Self.made(
                    EVP_PKEY_new_raw_private_key(
                        EVP_PKEY_ED25519, nil, buffer.baseAddress, buffer.count))
            }
        }
    }

    /// A key that verifies: any 32 bytes are taken, and some verify nothing.
    init(publicKey: [UInt8]) throws(CryptoError) {
        unsafe pointer = try unsafe Self.made(
            EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count))
    }

    deinit { unsafe EVP_PKEY_free(pointer) }

    func publicKey() throws(CryptoError) -> [UInt8] {
        var (bytes, count) = (
            [UInt8](repeating: 0, count: Ed25519.publicKeyCount), Ed25519.publicKeyCount
        )
        guard unsafe EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1 else {
            throw .unavailable
        }
        return bytes
    }

    func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        let context = try unsafe Self.context()
        defer { unsafe EVP_MD_CTX_free(context) }
        var (signature, count) = (
            [UInt8](repeating: 0, count: Ed25519.signatureCount), Ed25519.signatureCount
        )
        guard unsafe EVP_DigestSignInit(context, nil, nil, nil, pointer) == 1,
            unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { throw .unavailable }
        return signature
    }

    func verifies(_ signature: [UInt8], of message: [UInt8]) throws(CryptoError) -> Bool {
        let context = try unsafe Self.context()
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, pointer) == 1 else {
            throw .unavailable
        }
        return unsafe EVP_DigestVerify(
            context, signature, signature.count, message, message.count) == 1
    }

    private static func made(_ pointer: OpaquePointer?) throws(CryptoError) -> OpaquePointer {
        guard let pointer = unsafe pointer else { throw .unavailable }
        return unsafe pointer
    }

    private static func context() throws(CryptoError) -> OpaquePointer {
        try unsafe made(EVP_MD_CTX_new())
    }
}
