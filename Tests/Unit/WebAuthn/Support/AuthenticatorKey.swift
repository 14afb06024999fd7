import COpenSSL
import Crypto
import Testing

@testable import WebAuthn

/// The key pair of a passkey, as OpenSSL signs with it: another implementation than the one under test
/// calls, as far as libfido2 has code of its own.
struct AuthenticatorKey: Sendable {
    /// The algorithm that the authenticator names.
    let algorithm: PublicKey.Algorithm
    /// The private key in DER.
    private let encoded: [UInt8]

    /// The key of an algorithm that all tests use.
    init(_ algorithm: PublicKey.Algorithm) throws {
        self.algorithm = algorithm
        let text = AuthenticatorKeyText.text(of: algorithm).filter { $0 != "\n" }
        encoded = try #require(Base64URL.decode(text.utf8))
    }

    /// The public key: what `PublicKey.bytes` has to be.
    func publicBytes() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = try unsafe withKey { key in
            try unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                var start = buffer.baseAddress
                var count = buffer.count
                guard algorithm == .edDSA else { return unsafe Int(i2d_PublicKey(key, &start)) }
                try #require(unsafe EVP_PKEY_get_raw_public_key(key, start, &count) == 1)
                return count
            }
        }
        let encoded = bytes.prefix(count)
        return switch algorithm {
        // An uncompressed point, behind a byte that says so.
        case .es256: encoded.suffix(64)
        case .edDSA: Array(encoded)
        // RSAPublicKey: a head of two bytes is between modulus and exponent.
        case .rs256: encoded.dropLast(5).suffix(256) + encoded.suffix(3)
        }
    }

    /// The signature over a message.
    func sign(_ message: [UInt8]) throws -> [UInt8] {
        try unsafe withKey { key in
            let context = unsafe EVP_MD_CTX_new()
            defer { unsafe EVP_MD_CTX_free(context) }
            let hash = unsafe algorithm == .edDSA ? nil : EVP_sha256()
            try #require(unsafe EVP_DigestSignInit(context, nil, hash, nil, key) == 1)
            var signature = [UInt8](repeating: 0, count: 512)
            var count = signature.count
            try #require(
                unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1)
            return Array(signature.prefix(count))
        }
    }

    private func withKey<T>(_ body: (OpaquePointer) throws -> T) throws -> T {
        try unsafe encoded.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            let key = unsafe d2i_AutoPrivateKey(nil, &start, bytes.count)
            defer { unsafe EVP_PKEY_free(key) }
            guard let key = unsafe key else { throw KeyError() }
            return try unsafe body(key)
        }
    }
}

/// A private key cannot be read.
private struct KeyError: Error {}
