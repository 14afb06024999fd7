import JSON
import Testing

@testable import Crypto

@Suite struct TokenRefusalTests {
    private let forge: TokenForge

    init() throws {
        forge = try TokenForge()
    }

    @Test(arguments: [
        #"{"alg":"HS256"}"#, #"{"typ":"JWT","alg":"HS256"}"#, #"{"alg":"HS256","typ":"jwt"}"#,
        #" { "alg" : "HS256" , "typ" : "Jwt" } "#, #"{"\u0061lg":"HS\u003256"}"#,
        #"{"alg":"HS256","cty":"x","x":[1,{"y":null}]}"#,
    ])
    func `an equivalent header is accepted`(header: String) throws {
        #expect(try forge.verify(forge.token(header: header)).subject == TokenForge.subject)
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":"HS512"}"#, #"{"alg":"HS384"}"#,
        #"{"alg":"RS256"}"#, #"{"alg":"hs256"}"#, #"{"alg":"HS256 "}"#, #"{"alg":""}"#,
        #"{"alg":null}"#, #"{"alg":["HS256"]}"#, #"{"alg":256}"#, #"{}"#, #"{"typ":"JWT"}"#,
        #"{"alg":"HS256","alg":"HS256"}"#, #"{"alg":"HS256","alg":"none"}"#,
        #"{"alg":"HS256","\u0061lg":"HS256"}"#, #"{"alg":"HS256","x":1,"x":1}"#,
        #"{"alg":"HS256","crit":["exp"]}"#, #"{"alg":"HS256","crit":[]}"#,
        #"{"alg":"HS256","typ":"JWE"}"#, #"{"alg":"HS256","typ":""}"#,
        #"{"alg":"HS256","typ":null}"#, #"{"alg":"HS256","typ":1}"#,
        "{\"alg\":\"HS256\",\"typ\":\"J\u{17}T\"}",
        #"{"alg":"HS256","kid":null}"#, #"{"alg":"HS256","kid":1}"#,
        #"{"alg":"HS256"} x"#, #"{"alg":"HS256"}{}"#, #"{"alg":"HS256",}"#, #"["alg"]"#,
        #""HS256""#, "null", "{", #"{"alg":"HS256""#, #"{'alg':'HS256'}"#, " ",
        "\u{FEFF}{\"alg\":\"HS256\"}",
    ])
    func `a header with another algorithm, type or extension is refused`(header: String) {
        #expect(throws: TokenError.malformed) { try forge.verify(forge.token(header: header)) }
    }

    @Test(arguments: ["", "x", "AAAAAAAAAAA", "../../key", "\u{0}"])
    func `an unknown key is refused`(kid: String) {
        var object = JSONObject()
        object.add("alg", .string("HS256"))
        object.add("kid", .string(kid))
        let token = forge.token(header: object.encoded(), payload: Array(TokenForge.payload.utf8))
        #expect(throws: TokenError.unknownKey) { try forge.verify(token) }
    }

    @Test func `the name of a key is matched to the byte`() {
        for kid in [forge.kid + "A", String(forge.kid.dropLast()), " " + forge.kid] {
            let header = #"{"alg":"HS256","kid":"\#(kid)"}"#
            #expect(throws: TokenError.unknownKey) {
                try forge.verify(forge.token(header: header))
            }
        }
        #expect(throws: Never.self) {
            try forge.verify(forge.token(header: #"{"kid":"\#(forge.kid)","alg":"HS256"}"#))
        }
    }

    @Test func `anything but three parts is refused`() throws {
        let token = forge.codec.sign(
            Claims(
                subject: TokenForge.subject, sessionID: TokenForge.sessionID, expiresAt: 1 << 40),
            about: TokenForge.person)
        let parts = token.split(separator: ".").map(String.init)
        let texts = [
            "", ".", "..", "...", parts[0], "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).",
            ".\(parts[1]).\(parts[2])", "\(parts[0])..\(parts[2])", token + ".", token + "..",
            "." + token, "\(token).\(parts[2])", token + "=", token + " ", " " + token,
            token + "\n",
            token + "A", String(token.dropLast()), token + "\u{0}",
            "\(parts[0])=.\(parts[1]).\(parts[2])",
        ]
        for text in texts {
            #expect(throws: TokenError.malformed, "\(text)") {
                try forge.verify(text, now: 0)
            }
        }
        #expect(throws: TokenError.badSignature) {
            try forge.verify("\(parts[0]).\(parts[1])=.\(parts[2])", now: 0)
        }
        #expect(throws: Never.self) { try forge.verify(token, now: 0) }
    }

    @Test func `base64 that is not canonical is refused even with a valid MAC`() {
        let header = #"{"alg":"HS256"}"#
        let encoded = Base64URL.encode((TokenForge.payload + " ").utf8)
        // One byte beyond a group of three ends in a symbol with four unused bits.
        let loose = String(encoded.dropLast()) + "B"
        #expect(encoded.hasSuffix("A"))
        for payload in [loose, encoded + "==", encoded + "\n"] {
            let token = forge.signed("\(Base64URL.encode(header.utf8)).\(payload)")
            #expect(throws: TokenError.malformed) { try forge.verify(token) }
        }
    }

    @Test func `the bound on the length is exact`() throws {
        func token(fill: Int) -> String {
            let fill = String(repeating: "x", count: fill)
            return forge.token(
                payload: String(TokenForge.payload.dropLast()) + #","x":"\#(fill)"}"#)
        }
        let fits = try #require((2900...3100).last { token(fill: $0).utf8.count <= 4096 })
        #expect(token(fill: fits).utf8.count >= 4095)
        #expect(try forge.verify(token(fill: fits)).subject == TokenForge.subject)
        #expect(throws: TokenError.malformed) { try forge.verify(token(fill: fits + 1)) }
    }

    @Test func `every single-bit change of a token is refused`() throws {
        let claims = Claims(
            subject: TokenForge.subject, sessionID: TokenForge.sessionID,
            issuedAt: TokenForge.now, expiresAt: TokenForge.now + 100)
        let token = Array(forge.codec.sign(claims, about: TokenForge.person).utf8)
        for index in token.indices {
            for bit in 0..<8 {
                var changed = token
                changed[index] ^= 1 << bit
                #expect(throws: TokenError.self) {
                    try forge.codec.verify(changed[...], now: TokenForge.now)
                }
            }
        }
    }

    @Test func `the error for a changed byte depends on the part it is in`() throws {
        let token = forge.token()
        let parts = token.split(separator: ".").map(String.init)
        let payload = Base64URL.encode((TokenForge.payload + " ").utf8)
        let header = Base64URL.encode(#"{"alg":"HS256" }"#.utf8)
        let signature = (parts[2].hasPrefix("A") ? "B" : "A") + parts[2].dropFirst()
        for changed in [
            "\(header).\(parts[1]).\(parts[2])", "\(parts[0]).\(payload).\(parts[2])",
            "\(parts[0]).\(parts[1]).\(signature)",
        ] {
            #expect(throws: TokenError.badSignature) { try forge.verify(changed) }
        }
        #expect(throws: TokenError.malformed) {
            try forge.verify("\(parts[0]).\(parts[1]).\(parts[2].dropLast(3))")
        }
    }

    @Test func `another key's signature is refused`() throws {
        let other = try TokenForge()
        #expect(throws: TokenError.badSignature) { try forge.verify(other.token()) }
    }

    @Test func `the payload is not read before the signature is verified`() throws {
        let token = forge.token(payload: "no JSON at all")
        #expect(throws: TokenError.badClaims) { try forge.verify(token) }
        #expect(throws: TokenError.badSignature) { try TokenForge().verify(token) }
    }
}
