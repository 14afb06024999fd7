import Bytes
import JSON
import Testing

@testable import Crypto

@Suite struct JWTCodecTests {
    private static let claims = Claims(
        subject: TokenForge.subject, sessionID: TokenForge.sessionID, issuedAt: 1_700_000_000,
        expiresAt: 1_700_604_800)

    /// RFC 7515 appendix A.1.
    @Test func `the published token verifies and yields its payload`() throws {
        let key = try #require(
            Base64URL.decode(
                ("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CA"
                    + "ow").utf8))
        let token = [
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9",
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
                + "cnVlfQ",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        ].joined(separator: ".")
        let codec = try JWTCodec(ring: KeyRing(current: try #require(Secret(bytes: key))))
        let bytes = Array(token.utf8)
        let parts = try TokenParts(bytes.span)
        _ = try codec.verifiedCode(of: bytes.span, parts)
        let payload = try codec.withPayload(of: bytes.span, parts) { span in
            String(decoding: [UInt8](copying: span), as: UTF8.self)
        }
        #expect(
            payload == """
                {"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}
                """)
        #expect(throws: TokenError.badClaims) {
            try codec.verify(Array(token.utf8)[...], now: 0)
        }
    }

    @Test func `the header and the order of the claims are those of the contract`() throws {
        let forge = try TokenForge()
        let parts = forge.codec.sign(Self.claims, about: TokenForge.person).split(separator: ".")
        let texts = try parts.prefix(2).map { part in
            String(decoding: try #require(Base64URL.decode(part.utf8)), as: UTF8.self)
        }
        #expect(parts.count == 3)
        #expect(texts[0] == #"{"alg":"HS256","typ":"JWT","kid":"\#(forge.kid)"}"#)
        #expect(
            texts[1]
                == #"{"sub":"00000000-0000-0001-0000-000000000002","email":"a@example.com","#
                + #""tier":"free","iat":1700000000,"exp":1700604800,"#
                + #""sid":"00000000-0000-0003-0000-000000000004","role":"member"}"#)
    }

    @Test func `a signed token is verified`() throws {
        let forge = try TokenForge()
        let token = forge.codec.sign(Self.claims, about: TokenForge.person)
        #expect(try forge.verify(token) == Self.claims)
        let bytes = Array(token.utf8)
        let claims = try forge.codec.verify(bytes.span, now: TokenForge.now)
        #expect(claims == Self.claims)
    }

    /// The codec remembers what it has read: the times are checked again all the same.
    @Test func `a token that was verified before expires like any other`() throws {
        let forge = try TokenForge()
        let token = forge.codec.sign(Self.claims, about: TokenForge.person)
        for _ in 0..<3 { #expect(try forge.verify(token) == Self.claims) }
        #expect(throws: TokenError.expired) { try forge.verify(token, now: Self.claims.expiresAt) }
        #expect(throws: TokenError.notYetValid) { try forge.verify(token, now: 0) }
        #expect(try forge.verify(token) == Self.claims)
    }

    @Test func `more tokens than are remembered keep their own claims`() throws {
        let forge = try TokenForge()
        let tokens = (0..<UInt64(3 * ClaimsCache.capacity)).map { number in
            let claims = Claims(
                subject: UUID(high: number, low: 0), sessionID: UUID(high: 0, low: number),
                expiresAt: TokenForge.now + 1 + Int64(number))
            return (forge.codec.sign(claims, about: TokenForge.person), claims)
        }
        for _ in 0..<2 {
            for (token, claims) in tokens { #expect(try forge.verify(token) == claims) }
        }
    }

    @Test func `a token with a wrong MAC is refused, even after the token that it copies`() throws {
        let forge = try TokenForge()
        let token = forge.codec.sign(Self.claims, about: TokenForge.person)
        #expect(try forge.verify(token) == Self.claims)
        let parts = token.split(separator: ".")
        let other = Base64URL.encode((TokenForge.payload + " ").utf8)
        #expect(throws: TokenError.badSignature) {
            try forge.verify("\(parts[0]).\(other).\(parts[2])")
        }
    }

    @Test func `times that are absent stay absent`() throws {
        let forge = try TokenForge()
        let claims = Claims(
            subject: TokenForge.subject, sessionID: TokenForge.sessionID, expiresAt: 1_800_000_000)
        let token = forge.codec.sign(claims, about: TokenForge.person)
        #expect(try forge.verify(token) == claims)
        let text = String(decoding: claims.json(about: TokenForge.person), as: UTF8.self)
        #expect(!text.contains("iat") && !text.contains("nbf"))
    }

    @Test(arguments: [
        "\"", "\\", "\"}", "\u{0}", "\u{1F}\u{7F}", "\n\r\t\u{8}\u{C}", "é", "e\u{301}", "😀",
        "\u{2028}", "a\\u0041", "", String(repeating: "x", count: 300),
    ])
    func `any text survives in a claim`(text: String) throws {
        let forge = try TokenForge()
        let claims = Claims(
            subject: TokenForge.subject, sessionID: TokenForge.sessionID, issuedAt: 1,
            expiresAt: 9_007_199_254_740_991, notBefore: -5)
        let person = Claims.Person(email: text, tier: text, role: text)
        #expect(try forge.verify(forge.codec.sign(claims, about: person)) == claims)
        let json = claims.json(about: person)
        enum Member: String, CaseIterable { case email, tier, role }
        var reader = JSONObjectReader()
        while try reader.nextMember(of: JSONMembers<Member>(), in: json.span) != nil {
            let read = try reader.string(in: json.span)
            #expect(Array(read.utf8) == Array(text.utf8))
        }
    }

    @Test func `a slice of a request is verified in place`() throws {
        let forge = try TokenForge()
        let token = Array(forge.codec.sign(Self.claims, about: TokenForge.person).utf8)
        let request = Array("Bearer ".utf8) + token + Array("\r\n".utf8)
        let slice = request[7..<7 + token.count]
        #expect(try forge.codec.verify(slice, now: TokenForge.now) == Self.claims)
    }

    @Test func `earlier keys verify and the current one signs`() throws {
        let (old, new) = (Secret.random(), Secret.random())
        let before = try JWTCodec(ring: KeyRing(current: old))
        let after = try JWTCodec(ring: KeyRing(current: new, previous: [old]))
        let alone = try JWTCodec(ring: KeyRing(current: new))
        let token = Array(before.sign(Self.claims, about: TokenForge.person).utf8)
        let fresh = Array(after.sign(Self.claims, about: TokenForge.person).utf8)
        #expect(try after.verify(token[...], now: TokenForge.now) == Self.claims)
        #expect(try alone.verify(fresh[...], now: TokenForge.now) == Self.claims)
        #expect(throws: TokenError.unknownKey) {
            try alone.verify(token[...], now: TokenForge.now)
        }
    }

    @Test func `names of keys tell keys apart and nothing about them`() throws {
        let (one, other) = (Secret.random(), Secret.random())
        let kids = try KeyRing(current: one, previous: [other]).kids
        #expect(kids.count == 2)
        #expect(kids[0] != kids[1])
        #expect(kids == (try KeyRing(current: one, previous: [other]).kids))
        for (kid, key) in zip(kids, [one, other]) {
            #expect(kid.utf8.count == 11)
            let name = try #require(Base64URL.decode(kid.utf8))
            #expect(name.count == 8)
            key.withBytes { bytes in
                #expect(name != Array([UInt8](copying: bytes).prefix(8)))
                #expect(name != Array(SHA256.digest(bytes).bytes.prefix(8)))
            }
        }
    }
}
