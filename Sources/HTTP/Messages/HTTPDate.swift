/// The value of a Date header field (IMF-fixdate, RFC 9110 §5.6.7).
public enum HTTPDate {
    /// Formats a time, such as `Sun, 06 Nov 1994 08:49:37 GMT`, in 29 bytes.
    ///
    /// - Parameter seconds: Seconds since 1970-01-01T00:00:00Z; clamped to 0 and 253402300799, the
    ///   end of the year 9999.
    /// - Returns: The value of the header field.
    public static func format(_ seconds: Int64) -> [UInt8] {
        let seconds = UInt64(min(max(seconds, 0), 253_402_300_799))
        let (days, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = civilDate(ofDay: days)

        var output: [UInt8] = []
        output.reserveCapacity(29)
        // 1970-01-01 was a Thursday.
        output.append(name: days % 7, of: "ThuFriSatSunMonTueWed")
        output.append(", ")
        output.append(decimal: date.day, minimumDigits: 2)
        output.append(.space)
        output.append(name: date.month - 1, of: "JanFebMarAprMayJunJulAugSepOctNovDec")
        output.append(.space)
        output.append(decimal: date.year, minimumDigits: 4)
        output.append(.space)
        output.append(decimal: time / 3_600, minimumDigits: 2)
        output.append(.colon)
        output.append(decimal: time / 60 % 60, minimumDigits: 2)
        output.append(.colon)
        output.append(decimal: time % 60, minimumDigits: 2)
        output.append(" GMT")
        return output
    }

    /// The date of a day, counted from 1970-01-01, in the Gregorian calendar.
    ///
    /// Years are counted from 1 March of the year 0, so that the leap day is the last of its year
    /// and 400 years are always 146,097 days (Hinnant, "chrono-compatible low-level date
    /// algorithms", civil_from_days).
    private static func civilDate(
        ofDay day: UInt64
    ) -> (year: UInt64, month: UInt64, day: UInt64) {
        let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }
}

extension [UInt8] {
    /// Appends one of several names of three letters each.
    fileprivate mutating func append(name index: UInt64, of names: String) {
        let start = Int(index) * 3
        append(copying: names.utf8Span.span.extracting(start..<start + 3))
    }
}
