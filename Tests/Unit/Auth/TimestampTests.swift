import Testing

@testable import Auth

struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1, "1970-01-01T00:00:00.001Z"),
            (999, "1970-01-01T00:00:00.999Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (-86_400_000, "1969-12-31T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (1_740_787_199_000, "2025-02-28T23:59:59.000Z"),
            (1_740_787_200_000, "2025-03-01T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (4_107_542_399_000, "2100-02-28T23:59:59.000Z"),
            (1_767_225_599_050, "2025-12-31T23:59:59.050Z"),
            (1_700_000_000_000, "2023-11-14T22:13:20.000Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `timestamps are formatted as RFC 3339`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00 UTC"), (1_700_000_059_999, "2023-11-14 22:14 UTC"),
        ] as [(Int64, String)])
    func `the readable form has minutes in UTC`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).readable == text)
    }

    @Test func `every first of the month in four centuries is correct`() {
        // Days from 2000-01-01 to 2399-12-31, counted by the calendar's rules.
        var day: Int64 = 10_957
        for year in 2000..<2400 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (month, length) in lengths.enumerated() {
                let text = Timestamp(milliseconds: day * 86_400_000).rfc3339
                let expected = "\(year)-\(month < 9 ? "0" : "")\(month + 1)-01T00:00:00.000Z"
                #expect(text == expected)
                day += Int64(length)
            }
        }
    }

    @Test(arguments: [Int64.min, .max])
    func `the ends of the range do not trap`(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339.hasSuffix("Z"))
    }

    @Test func `adding beyond the range gives the latest time`() {
        let time = Timestamp(milliseconds: 1_000)
        #expect(time.adding(seconds: 1).milliseconds == 2_000)
        #expect(time.adding(seconds: -1).milliseconds == 0)
        #expect(time.adding(seconds: .max).milliseconds == .max)
        #expect(Timestamp(milliseconds: .max).adding(seconds: 1).milliseconds == .max)
    }

    @Test func `timestamps compare in order and round seconds down`() {
        #expect(Timestamp(milliseconds: -1) < Timestamp(milliseconds: 0))
        #expect(Timestamp(milliseconds: 1_999).seconds == 1)
    }
}
