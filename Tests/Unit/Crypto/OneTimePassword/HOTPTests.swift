import Testing

@testable import Crypto

@Suite struct HOTPTests {
    @Test(arguments: [
        (
            String(repeating: "0b", count: 20), "Hi There",
            "b617318655057264e28bc0b6fb378c8ef146be00"
        ),
        (
            "4a656665", "what do ya want for nothing?",
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        ),
        (
            String(repeating: "aa", count: 80),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "aa4ae5e15272d00e95705637ce8a3b55ed402112"
        ),
    ])
    func `HMAC-SHA-1 gives the codes of RFC 2202`(key: String, message: String, code: String) throws
    {
        let key = try #require(Secret(hex: key.utf8))
        #expect(Hex.encode(HMACSHA1.code(for: Array(message.utf8), key: key)) == code)
    }

    /// RFC 4226 appendix D.
    @Test func `the published counters give the published codes`() throws {
        let secret = try #require(Secret(bytes: "12345678901234567890".utf8))
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ]
        for (counter, code) in zip(UInt64(0)..., codes) {
            #expect(HOTP.code(secret: secret, counter: counter, digits: 6) == code)
        }
    }

    /// RFC 6238 appendix B, the rows of SHA-1.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func `the published times give the published codes`(seconds: Int64, code: String) throws {
        let secret = try #require(Secret(bytes: "12345678901234567890".utf8))
        let step = TOTP.step(at: seconds)
        let counter = try #require(UInt64(exactly: step))
        #expect(HOTP.code(secret: secret, counter: counter, digits: 8) == code)
        #expect(TOTP.code(secret: secret, step: step) == String(code.suffix(6)))
    }
}
