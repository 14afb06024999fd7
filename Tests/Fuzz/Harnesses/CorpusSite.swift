import Crypto

@testable import WebAuthn

/// The site of the ceremonies in the corpora, and a passkey that is used there.
enum CorpusSite {
    /// The site.
    static let site = RelyingParty(id: "example.com", origin: "https://example.com")

    /// Authenticator data, as if they were of this site.
    static func data(_ bytes: [UInt8]) -> [UInt8] {
        SHA256.digest(site.id.utf8).bytes + bytes.dropFirst(Digest.count)
    }

    /// A key of each algorithm, from published points and numbers.
    static func keys() throws(BrokenProperty) -> [PublicKey] {
        // ES256: the base point of P-256 (SEC 2 §2.4.2).
        let point = Hex.decode(
            """
            6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296\
            4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5
            """.utf8)
        let keys = [
            PublicKey(algorithm: .es256, bytes: point ?? []),
            // The first vector of RFC 8032 §7.1.
            PublicKey(
                algorithm: .edDSA,
                bytes: Hex.decode(
                    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a".utf8) ?? []),
            PublicKey(
                algorithm: .rs256,
                bytes: [UInt8](repeating: 0xFF, count: 256) + [1, 0, 1]),
        ].compactMap(\.self)
        try check(keys.count == 3, "keys that are none")
        return keys
    }
}
