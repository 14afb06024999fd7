import Testing

@testable import Crypto

@Suite struct ClaimsTests {
    private static let now = TokenForge.now

    /// Reads a payload in which `"u"` and `"s"` stand for two UUIDs.
    private func read(_ payload: String) throws(TokenError) -> Claims {
        let payload = payload.replacing(#""u""#, with: "\"\(TokenForge.subject)\"")
            .replacing(#""s""#, with: "\"\(TokenForge.sessionID)\"")
        return try Claims(payload: Array(payload.utf8).span)
    }

    @Test func `members may have any order, and unknown ones are ignored`() throws {
        let claims = try read(
            """
            { "exp" : 5, "role":"r", "x":{"sub":"no","sub":"no","a":[[]]}, "sid":"s", "nbf":-1,
              "email":"e", "iss":"i", "tier":"t", "y":[1.5e-3,true,false,null,"\\ud83d\\ude00"],
              "iat":0, "sub":"u" }
            """)
        #expect(
            claims
                == Claims(
                    subject: TokenForge.subject, sessionID: TokenForge.sessionID, issuedAt: 0,
                    expiresAt: 5, notBefore: -1))
    }

    @Test(arguments: [
        #"{"sid":"s","exp":5}"#, #"{"sub":"u","exp":5}"#, #"{"sub":"u","sid":"s"}"#, "{}",
        #"{"sub":1,"sid":"s","exp":5}"#, #"{"sub":null,"sid":"s","exp":5}"#,
        #"{"sub":"u","sid":["s"],"exp":5}"#, #"{"sub":"u","sid":"s","exp":"5"}"#,
        #"{"sub":"u","sid":"s","exp":5,"email":null}"#, #"{"sub":"u","sid":"s","exp":5,"tier":1}"#,
        #"{"sub":"u","sid":"s","exp":5,"role":{}}"#, #"{"sub":"u","sid":"s","exp":5,"iat":"1"}"#,
        #"{"sub":"u","sid":"s","exp":5,"nbf":null}"#, #"{"sub":"u","sid":"s","exp":true}"#,
        #"{"sub":"u","sub":"u","sid":"s","exp":5}"#, #"{"sub":"u","sid":"s","exp":5,"exp":6}"#,
        #"{"sub":"u","sid":"s","exp":5,"\u0065xp":6}"#,
        #"{"sub":"u","sid":"s","exp":5,"x":1,"x":2}"#,
        #"{"sub":"u1","sid":"s","exp":5}"#, #"{"sub":"u","sid":"","exp":5}"#,
        #"{"sub":"u","sid":"s","exp":5,"email":"\u{1}"}"#,
        #"{"sub":"u","sid":"s","exp":5,"email":"\ud800"}"#,
        #"{"sub":"00000000_0000-0001-0000-000000000002","sid":"s","exp":5}"#,
        #"{"sub":"u","sid":"s","exp":5}{}"#, #"{"sub":"u","sid":"s","exp":5"#, "[]", "",
    ])
    func `a payload without the members required is refused`(payload: String) {
        #expect(throws: TokenError.badClaims) { try read(payload) }
    }

    @Test func `a UUID may be written with escapes and in upper case`() throws {
        let sub = "0000000A-0000-0001-0000-0000000\\u003000F2"
        let claims = try read(#"{"sub":"\#(sub)","sid":"s","exp":5}"#)
        #expect(claims.subject == UUID(high: 0x0A_0000_0001, low: 0xF2))
    }

    @Test(arguments: [
        "9007199254740992", "-9007199254740992", "9223372036854775807", "9223372036854775808",
        "99999999999999999999999999999999999999", "-99999999999999999999999999999999999999",
        "1e9", "1E400", "1.0", "1.7e9", "-", "+1", "01", "-01", "00", "1.", ".5", "1e", "1e+",
        "0x10", "NaN", "Infinity", "-Infinity", "1_000", "１", "", " ",
    ])
    func `a number that is no exact integer is refused and does not trap`(number: String) {
        for name in ["exp", "iat", "nbf"] {
            let others = #""sub":"u","sid":"s""# + (name == "exp" ? "" : #","exp":5"#)
            #expect(throws: TokenError.badClaims) { try read("{\(others),\"\(name)\":\(number)}") }
            #expect(throws: TokenError.badClaims) { try read("{\"\(name)\":\(number),\(others)}") }
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9007199254740991", 9_007_199_254_740_991),
            ("-9007199254740991", -9_007_199_254_740_991),
        ] as [(String, Int64)])
    func `integers within the exact range are read`(number: String, value: Int64) throws {
        #expect(try read("{\"sub\":\"u\",\"sid\":\"s\",\"exp\":\(number)}").expiresAt == value)
    }

    private func check(
        issuedAt: Int64? = nil, expiresAt: Int64 = .max, notBefore: Int64? = nil,
        now: Int64 = now
    ) throws(TokenError) {
        try Claims(
            subject: TokenForge.subject, sessionID: TokenForge.sessionID, issuedAt: issuedAt,
            expiresAt: expiresAt, notBefore: notBefore
        ).check(now: now)
    }

    @Test func `a token is valid until the second before exp`() {
        #expect(throws: Never.self) { try check(expiresAt: Self.now + 1) }
        #expect(throws: TokenError.expired) { try check(expiresAt: Self.now) }
        #expect(throws: TokenError.expired) { try check(expiresAt: Self.now - 1) }
        #expect(throws: TokenError.expired) { try check(expiresAt: .min) }
    }

    @Test func `iat and nbf may be ahead by the leeway and no more`() {
        for ahead in [Int64.min, 0, 1, 30] {
            let (time, _) = Self.now.addingReportingOverflow(ahead)
            #expect(throws: Never.self) { try check(issuedAt: time) }
            #expect(throws: Never.self) { try check(notBefore: time) }
        }
        for time in [Self.now + 31, Int64.max] {
            #expect(throws: TokenError.notYetValid) { try check(issuedAt: time) }
            #expect(throws: TokenError.notYetValid) { try check(notBefore: time) }
        }
    }

    @Test func `no clock makes the check trap`() {
        #expect(throws: Never.self) { try check(issuedAt: .max, now: .max - 1) }
        #expect(throws: TokenError.notYetValid) { try check(issuedAt: 0, now: .min) }
    }

    @Test func `expired takes precedence over not yet valid`() {
        #expect(throws: TokenError.expired) {
            try check(issuedAt: .max, expiresAt: Self.now)
        }
    }
}
