@testable import Crypto

/// Makes tokens byte by byte, properly signed unless told otherwise.
struct TokenForge {
    /// The time the tests take for now.
    static let now: Int64 = 1_700_000_000
    /// The account of the payload.
    static let subject = UUID(high: 1, low: 2)
    /// The session of the payload.
    static let sessionID = UUID(high: 3, low: 4)
    /// Whom tokens are about.
    static let person = Claims.Person(email: "a@example.com", tier: "free", role: "member")
    /// A payload that holds at `now`.
    static let payload = #"{"sub":"\#(subject)","sid":"\#(sessionID)","exp":1700000100}"#

    /// The key of `ring`, and what signs here.
    let key: Secret
    /// A ring of that key alone.
    let ring: KeyRing
    /// A codec of that ring.
    let codec: JWTCodec
    private let mac: HMACSHA256

    /// A forge with a new key.
    init() throws {
        key = Secret.random()
        ring = try KeyRing(current: key)
        codec = JWTCodec(ring: ring)
        mac = HMACSHA256(key: key)
    }

    /// The name of the key.
    var kid: String { ring.kids[0] }

    /// A token with these two parts, signed.
    func token(header: String = #"{"alg":"HS256"}"#, payload: String = payload) -> String {
        token(header: Array(header.utf8), payload: Array(payload.utf8))
    }

    /// A token with these two parts, signed.
    func token(header: [UInt8], payload: [UInt8]) -> String {
        signed("\(Base64URL.encode(header)).\(Base64URL.encode(payload))")
    }

    /// A signing input with its code.
    func signed(_ input: String) -> String {
        "\(input).\(Base64URL.encode(mac.code(for: input.utf8).bytes))"
    }

    /// What the codec makes of a token.
    func verify(_ token: String, now: Int64 = now) throws(TokenError) -> Claims {
        try codec.verify(Array(token.utf8)[...], now: now)
    }
}
