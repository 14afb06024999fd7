/// A point in time, to the millisecond, in UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// Creates a point in time.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, as JWT's NumericDate counts (RFC 7519 §2).
    public var seconds: Int64 { milliseconds / 1_000 }

    /// The time this many seconds later; the latest representable time if that is out of range.
    public func adding(seconds: Int64) -> Timestamp {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, carry) = milliseconds.addingReportingOverflow(product)
        return Timestamp(milliseconds: overflow || carry ? .max : sum)
    }

    /// Compares by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// RFC 3339 with milliseconds and `Z`: `2026-01-31T09:05:00.000Z`.
    public var rfc3339: String {
        let time = utc
        var text = Array("0000-00-00T00:00:00.000Z".utf8)
        text.put(time.year, at: 0..<4)
        text.put(time.month, at: 5..<7)
        text.put(time.day, at: 8..<10)
        text.put(time.hour, at: 11..<13)
        text.put(time.minute, at: 14..<16)
        text.put(time.second, at: 17..<19)
        text.put(milliseconds.quotientAndRemainderFlooring(by: 1_000).1, at: 20..<23)
        return String(decoding: text, as: UTF8.self)
    }

    /// Readable form, to the minute: `2026-01-31 09:05 UTC`.
    public var readable: String {
        let text = rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// The number of the day in UTC, counted from 1970-01-01.
    public var utcDay: Int64 { milliseconds.quotientAndRemainderFlooring(by: 86_400_000).0 }

    /// What calendar and clock show in UTC.
    public var utc: UTCTime {
        let (days, time) = milliseconds.quotientAndRemainderFlooring(by: 86_400_000)
        let date = Self.civil(days: days)
        let seconds = time / 1_000
        return UTCTime(
            year: date.year, month: date.month, day: date.day, hour: seconds / 3_600,
            minute: seconds / 60 % 60, second: seconds % 60)
    }

    /// The proleptic Gregorian date of a day number, by Hinnant's `civil_from_days`: years begin in
    /// March, so that the leap day is the last of its year.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainderFlooring(by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

/// What a calendar (proleptic Gregorian) and a clock show in UTC.
public struct UTCTime: Sendable, Hashable {
    /// The year, as ISO 8601 counts.
    public let year: Int64
    /// From 1 to 12.
    public let month: Int64
    /// Of the month, from 1.
    public let day: Int64
    /// From 0 to 23.
    public let hour: Int64
    /// From 0 to 59.
    public let minute: Int64
    /// From 0 to 59.
    public let second: Int64
}

extension [UInt8] {
    /// Writes the last digits of a number, as many as fit.
    fileprivate mutating func put(_ value: Int64, at places: Range<Int>) {
        var rest = value.magnitude
        for index in places.reversed() {
            self[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}

extension Int64 {
    /// Quotient rounded down, and the remainder that is never negative.
    fileprivate func quotientAndRemainderFlooring(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
