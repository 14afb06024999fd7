import Testing

@testable import Auth

struct LifetimeTests {
    @Test(
        arguments: [
            ("1h", 3_600), ("12h", 43_200), ("30d", 2_592_000), ("2w", 1_209_600),
            ("6m", 15_552_000), ("1y", 31_557_600), ("10y", 315_576_000), ("0007d", 604_800),
        ] as [(String, Int64)])
    func `digits and a unit are a time`(text: String, seconds: Int64) {
        #expect(Lifetime(text)?.seconds == seconds)
        #expect(Lifetime(seconds: seconds) == Lifetime(text))
    }

    @Test(arguments: [
        "", "h", "1", "0h", "11y", "9999y", "00001h", "1 h", " 1h", "1h ", "+1h", "-1h", "1H", "1s",
        "1.5h", "١h", "1h1h", "99999999999999999999h",
    ])
    func `anything else is none`(text: String) {
        #expect(Lifetime(text) == nil)
    }

    @Test(arguments: [.min, -1, 0, 3_599, 315_576_001, .max] as [Int64])
    func `seconds out of bounds are none`(seconds: Int64) {
        #expect(Lifetime(seconds: seconds) == nil)
    }
}
