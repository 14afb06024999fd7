import Testing

@testable import Auth

/// Times that people and programs name, as RFC 3339 writes them in UTC.
struct TimestampParsingTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1),
            ("1969-12-31T23:59:59.999Z", -1), ("1969-12-31", -86_400_000),
            ("2000-02-29", 951_782_400_000), ("2000-02-29T23:59:59.999Z", 951_868_799_999),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000), ("2100-03-01", 4_107_542_400_000),
            ("2023-11-14T22:13:20Z", 1_700_000_000_000), ("0001-01-01", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)])
    func `dates and times in UTC are read`(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        "", "2026", "2026-01", "2026-1-01", "20260131", "2026-00-01", "2026-13-01", "2026-01-00",
        "2026-01-32", "2026-04-31", "2025-02-29", "1900-02-29", "2100-02-29", "2026/01/31",
        "2026-01-31T", "2026-01-31T09:05Z", "2026-01-31T24:00:00Z", "2026-01-31T09:60:00Z",
        "2026-01-31T09:05:60Z", "2026-01-31T09:05:00", "2026-01-31t09:05:00Z",
        "2026-01-31 09:05:00Z", "2026-01-31T09:05:00z", "2026-01-31T09:05:00.1Z",
        "2026-01-31T09:05:00.0001Z", "2026-01-31T09:05:00,001Z", "2026-01-31T09:05:00+00:00",
        "2026-01-31T09.05.00Z", "+026-01-31", "-026-01-31", "2026-01-3١", " 2026-01-31",
        "2026-01-31 ", "2026-01-31T09:05:00.+01Z", "２０26-01",
    ])
    func `every other text is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `every day of five centuries is read as it is written`() {
        var wrong = 0
        for day in Int64(-100_000)...100_000 {
            let time = Timestamp(milliseconds: day * 86_400_000)
            if Timestamp(rfc3339: String(time.rfc3339.prefix(10))) != time { wrong += 1 }
        }
        #expect(wrong == 0)
    }
}
