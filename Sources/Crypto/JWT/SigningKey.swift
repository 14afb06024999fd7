import Bytes

/// A key of the ring with its public name.
final class SigningKey: Sendable {
    /// The name in the header: base64url of 8 bytes derived from the key under a label of their own,
    /// which tell nothing about it.
    let kid: String
    /// The key itself.
    let secret: Secret
    /// The first part of every token made with this key, in base64url.
    let header: [UInt8]

    /// Names the key.
    ///
    /// - Throws: What HKDF throws.
    init(_ secret: Secret) throws(CryptoError) {
        let fingerprint = try HKDF.derive(secret: secret, label: "kid", length: 8)
        let kid = fingerprint.withBytes { Base64URL.encode($0) }
        let header = #"{"alg":"HS256","typ":"JWT","kid":"\#(kid)"}"#
        self.kid = kid
        self.secret = secret
        self.header = Array(Base64URL.encode(header.utf8).utf8)
    }

    /// Whether a token's first part is byte for byte the one made with this key.
    func hasHeader(_ part: Span<UInt8>) -> Bool {
        let header = header
        return part.equals(header.span)
    }
}
