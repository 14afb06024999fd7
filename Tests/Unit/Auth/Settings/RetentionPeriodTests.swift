import Testing

@testable import Auth

struct RetentionPeriodTests {
    @Test(
        arguments: [
            ("6h", 21_600), ("9999h", 35_996_400), ("1d", 86_400), ("001d", 86_400),
            ("2w", 1_209_600),
            ("1m", 2_592_000), ("6m", 15_552_000), ("1y", 31_557_600), ("100y", 3_155_760_000),
        ] as [(String, Int64)])
    func `a retention period is digits and a unit`(text: String, seconds: Int64) {
        #expect(RetentionPeriod(text)?.seconds == seconds)
        #expect(RetentionPeriod(text)?.text == text)
    }

    @Test(arguments: [
        "", "h", "6", "5h", "0d", "101y", "9999y", "10000h", "6H", "6s", "6 m", " 6m", "6m ", "+6m",
        "-6m", "6.5m", "6mm", "m6", "٦m", "6ｍ", "6m\n",
    ])
    func `any other text is rejected`(text: String) {
        #expect(RetentionPeriod(text) == nil)
    }

    @Test func `the standard period equals its text`() {
        #expect(RetentionPeriod(RetentionPeriod.standard.text) == .standard)
    }
}
