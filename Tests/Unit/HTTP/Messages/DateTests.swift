import Testing

@testable import HTTP

/// IMF-fixdate, RFC 9110 §5.6.7.
struct DateTests {
    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1, "Thu, 01 Jan 1970 00:00:01 GMT"),
            (86_399, "Thu, 01 Jan 1970 23:59:59 GMT"),
            (86_400, "Fri, 02 Jan 1970 00:00:00 GMT"),
            (68_169_600, "Tue, 29 Feb 1972 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (946_684_799, "Fri, 31 Dec 1999 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"),
            (1_000_000_000, "Sun, 09 Sep 2001 01:46:40 GMT"),
            (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `a time is formatted as an IMF-fixdate`(seconds: Int64, text: String) {
        #expect(String(decoding: HTTPDate.format(seconds), as: UTF8.self) == text)
    }

    @Test(
        arguments: [
            (1_704_067_200, "Mon, 01 Jan 2024"), (1_704_153_600, "Tue, 02 Jan 2024"),
            (1_704_240_000, "Wed, 03 Jan 2024"), (1_704_326_400, "Thu, 04 Jan 2024"),
            (1_704_412_800, "Fri, 05 Jan 2024"), (1_704_499_200, "Sat, 06 Jan 2024"),
            (1_704_585_600, "Sun, 07 Jan 2024"),
        ] as [(Int64, String)])
    func `every day of the week has its name`(seconds: Int64, start: String) {
        #expect(String(decoding: HTTPDate.format(seconds), as: UTF8.self).hasPrefix(start))
    }

    /// Counts days one by one, from one date to the next.
    @Test
    func `every day of 800 years is formatted correctly`() {
        var (year, month, day) = (1970, 1, 1)
        let names = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        for count in 0..<Int64(800 * 366) {
            let text = String(decoding: HTTPDate.format(count * 86_400), as: UTF8.self)
            let padded = day < 10 ? "0\(day)" : "\(day)"
            guard text.dropFirst(5).hasPrefix("\(padded) \(names[month - 1]) \(year) ") else {
                Issue.record("day \(count): \(text)")
                return
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test
    func `a time out of range is clamped`() {
        #expect(HTTPDate.format(-1) == HTTPDate.format(0))
        #expect(HTTPDate.format(.min) == HTTPDate.format(0))
        #expect(HTTPDate.format(253_402_300_800) == HTTPDate.format(253_402_300_799))
        #expect(HTTPDate.format(.max) == HTTPDate.format(253_402_300_799))
    }
}
