import Crypto

/// The keys that the tokens of the corpora are signed with, and the time of their verification.
enum CorpusKeys {
    static let now: Int64 = 1_700_000_000

    /// Two keys that are used only here.
    static var secrets: [Secret] {
        ["11", "22"].compactMap { Secret(hex: String(repeating: $0, count: 32).utf8) }
    }

    static func codec() throws(BrokenProperty) -> JWTCodec {
        do {
            return JWTCodec(ring: try KeyRing(current: secrets[0], previous: [secrets[1]]))
        } catch {
            throw BrokenProperty("no keys: \(error)")
        }
    }

    /// The MAC of `bytes` as the last part of a token signed with the current key, with its dot.
    static func signature(of signed: String) -> String {
        let code = HMACSHA256(key: secrets[0]).code(for: signed.utf8)
        return "." + Base64URL.encode(code.bytes)
    }
}

/// A token is accepted only byte for byte as it was signed.
enum TokenHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let codec = try CorpusKeys.codec()
        let claims: Claims
        do {
            claims = try codec.verify(input[...], now: CorpusKeys.now)
        } catch {
            return
        }
        let parts = input.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        try check(parts.count == 3, "a token of \(parts.count) parts")
        let signed = Array(parts[0] + [UInt8(ascii: ".")] + parts[1])
        let codes = CorpusKeys.secrets.map { HMACSHA256(key: $0).code(for: signed) }
        try check(
            codes.contains { Base64URL.encode($0.bytes).utf8.elementsEqual(parts[2]) },
            "a token that no key of ours signed")
        for part in parts {
            let bytes = Base64URL.decode(part)
            try check(
                bytes.map { Base64URL.encode($0).utf8.elementsEqual(part) } ?? false,
                "a part with a second spelling")
        }
        try check(claims.expiresAt > CorpusKeys.now, "an expired token")
        // The second time it is read from a cache.
        let again = try? codec.verify(input[...], now: CorpusKeys.now)
        try check(again == claims, "other claims the second time")
    }
}
