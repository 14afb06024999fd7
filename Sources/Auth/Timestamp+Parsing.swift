import Bytes

extension Timestamp {
    /// Reads a date or a time in UTC (RFC 3339): `2026-01-31`, `2026-01-31T09:05:00Z`, or with
    /// milliseconds; nil for anything else, and for a day that no calendar has.
    ///
    /// - Parameter text: Of one of these forms; a date is its first millisecond.
    public init?(rfc3339 text: String) {
        let utf8 = Array(text.utf8)
        let full: [UInt8]
        switch utf8.count {
        case 10: full = utf8 + Array("T00:00:00.000Z".utf8)
        case 20 where utf8[19] == UInt8(ascii: "Z"): full = utf8.prefix(19) + Array(".000Z".utf8)
        case 24: full = utf8
        default: return nil
        }
        func number(_ places: Range<Int>) -> Int64? {
            Decimal.parse(full[places], maximumDigits: places.count).map(Int64.init)
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let milliseconds = number(20..<23), (1...12).contains(month), day >= 1, hour < 24,
            minute < 60, second < 60
        else { return nil }
        let seconds = Self.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
        self.init(milliseconds: seconds * 1_000 + milliseconds)
        // Another text: other marks between the numbers, or a day that its month has not.
        guard Array(rfc3339.utf8) == full else { return nil }
    }

    /// The day number of a date, by Hinnant's `days_from_civil`: years begin in March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }
}
