import Testing

@testable import Auth

struct PeriodTests {
    @Test(
        arguments: [
            ("1h", 3_600), ("12h", 43_200), ("9999h", 35_996_400), ("30d", 2_592_000),
            ("0030d", 2_592_000), ("1w", 604_800), ("1m", 2_592_000), ("1y", 31_557_600),
            ("10y", 315_576_000),
        ] as [(String, Int64)])
    func `a lifetime is digits and a unit`(text: String, seconds: Int64) {
        #expect(Period.lifetime(text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "h", "30", "0h", "0d", "11y", "9999y", "9999w", "00030d", "30D", "30s", "30 d", " 30d",
        "+3d", "-3d", "1.5d", "d30", "٣d", "3d\n",
    ])
    func `any other text is rejected as a lifetime`(text: String) {
        #expect(Period.lifetime(text) == nil)
    }

    @Test func `a lifetime in seconds must be within its bounds`() {
        #expect(Period.lifetime(seconds: 1)?.seconds == 1)
        #expect(Period.lifetime(seconds: 315_360_000)?.seconds == 315_360_000)
        for seconds in [0, -1, .min, 315_360_001, .max] as [Int64] {
            #expect(Period.lifetime(seconds: seconds) == nil)
        }
    }

    @Test(
        arguments: [
            ("6h", 21_600), ("9999h", 35_996_400), ("1d", 86_400), ("001d", 86_400),
            ("2w", 1_209_600),
            ("1m", 2_592_000), ("6m", 15_552_000), ("1y", 31_557_600), ("100y", 3_155_760_000),
        ] as [(String, Int64)])
    func `a retention period is digits and a unit`(text: String, seconds: Int64) {
        #expect(Period.retention(text)?.seconds == seconds)
        #expect(Period.retention(text)?.text == text)
    }

    @Test(arguments: [
        "", "h", "6", "5h", "0d", "101y", "9999y", "10000h", "6H", "6s", "6 m", " 6m", "6m ", "+6m",
        "-6m", "6.5m", "6mm", "m6", "٦m", "6ｍ", "6m\n",
    ])
    func `any other text is rejected as a retention period`(text: String) {
        #expect(Period.retention(text) == nil)
    }

    @Test func `the standard retention period equals its text`() {
        #expect(Period.retention(Period.standardRetention.text) == .standardRetention)
    }
}
