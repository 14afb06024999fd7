import Auth
import Testing

struct LifetimeTests {
    @Test(
        arguments: [
            ("1h", 3_600), ("12h", 43_200), ("9999h", 35_996_400), ("30d", 2_592_000),
            ("0030d", 2_592_000), ("1w", 604_800), ("1m", 2_592_000), ("1y", 31_557_600),
            ("10y", 315_576_000),
        ] as [(String, Int64)])
    func `a lifetime is digits and a unit`(text: String, seconds: Int64) {
        #expect(Lifetime(text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "h", "30", "0h", "0d", "11y", "9999y", "9999w", "00030d", "30D", "30s", "30 d", " 30d",
        "+3d", "-3d", "1.5d", "d30", "٣d", "3d\n",
    ])
    func `any other text is rejected`(text: String) {
        #expect(Lifetime(text) == nil)
    }

    @Test func `a lifetime in seconds must be within its bounds`() {
        #expect(Lifetime(seconds: 1)?.seconds == 1)
        #expect(Lifetime(seconds: 315_360_000)?.seconds == 315_360_000)
        for seconds in [0, -1, .min, 315_360_001, .max] as [Int64] {
            #expect(Lifetime(seconds: seconds) == nil)
        }
    }
}
