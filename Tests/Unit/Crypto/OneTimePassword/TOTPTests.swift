import Testing

@testable import Crypto

@Suite struct TOTPTests {
    private let secret: Secret
    /// In the middle of step 41152263.
    private let now: Int64 = 1_234_567_905

    init() throws {
        secret = try #require(Secret(bytes: "12345678901234567890".utf8))
    }

    private func match(_ code: String, after last: Int64? = nil) -> Int64? {
        TOTP.matchingStep(code: code.utf8, secret: secret, at: now, after: last)
    }

    private func code(_ offset: Int64) -> String {
        TOTP.code(secret: secret, step: TOTP.step(at: now) + offset)
    }

    @Test(
        arguments: [
            (0, 0), (29, 0), (30, 1), (59, 1), (-1, -1), (-30, -1), (-31, -2),
        ] as [(Int64, Int64)])
    func `a step is thirty seconds`(seconds: Int64, step: Int64) {
        #expect(TOTP.step(at: seconds) == step)
    }

    @Test(arguments: [-1, 0, 1] as [Int64])
    func `the current code and its neighbours match with their steps`(offset: Int64) {
        #expect(match(code(offset)) == TOTP.step(at: now) + offset)
    }

    @Test(arguments: [-3, -2, 2, 3, 100] as [Int64])
    func `a code that is further away is wrong`(offset: Int64) {
        #expect(match(code(offset)) == nil)
    }

    @Test func `a used step and those before it never match again`() {
        let current = TOTP.step(at: now)
        #expect(match(code(0), after: current) == nil)
        #expect(match(code(-1), after: current) == nil)
        #expect(match(code(1), after: current) == current + 1)
        #expect(match(code(1), after: current + 1) == nil)
        #expect(match(code(0), after: current - 1) == current)
        #expect(match(code(-1), after: current - 2) == current - 1)
    }

    /// Steps 910737 and 910738 of this secret have one code, as one pair in a million has.
    @Test func `two steps with one code are used up together`() {
        let step: Int64 = 910_737
        let code = TOTP.code(secret: secret, step: step)
        #expect(code == "911617")
        #expect(TOTP.code(secret: secret, step: step + 1) == code)
        let match = TOTP.matchingStep(
            code: code.utf8, secret: secret, at: step * TOTP.period, after: nil)
        #expect(match == step + 1)
    }

    @Test func `spaces do not matter`() {
        let typed = " " + code(0).prefix(3) + " " + code(0).suffix(3) + " "
        #expect(match(typed) == TOTP.step(at: now))
    }

    @Test(arguments: [
        "", " ", "000000", "5924", "00592", "0005924", "0059240", "005924\n", "+05924", "-005924",
        "O05924", "005924005924", "\u{660}\u{660}\u{665}\u{669}\u{662}\u{664}",
    ])
    func `anything but the six digits is wrong`(typed: String) {
        #expect(code(0) == "005924")
        #expect(match(typed) == nil)
    }

    @Test func `another secret has other codes`() throws {
        let other = try #require(Secret(bytes: "12345678901234567891".utf8))
        #expect(
            TOTP.matchingStep(code: code(0).utf8, secret: other, at: now, after: nil) == nil)
    }

    @Test func `the address for an app names site, account and secret`() {
        let uri = TOTP.keyURI(secret: secret, issuer: "Ada's Café: 1", account: "ada+x@example.org")
        #expect(
            uri == "otpauth://totp/Ada%27s%20Caf%C3%A9%20%201:ada%2Bx%40example.org"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ada%27s%20Caf%C3%A9%20%201"
                + "&algorithm=SHA1&digits=6&period=30")
    }
}
