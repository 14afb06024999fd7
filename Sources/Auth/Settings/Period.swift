import Bytes

/// A length of time as people write it: `12h`, `30d`, `6m`.
///
/// How long an API key or an invitation is valid, and how long history is kept. Durations in
/// the configuration file are whole seconds, with a range for each key.
public struct Period: Sendable, Equatable {
    /// As it was written.
    public let text: String
    /// Its length; a month is 30 days, a year 365.25 days.
    public let seconds: Int64

    /// A year of 365.25 days, in seconds.
    static let year: Int64 = 31_557_600

    /// For how long history is kept unless setup stored another period: six months.
    public static let standardRetention = Period(text: "6m", seconds: 6 * 30 * 86_400)

    /// How long a key or an invitation is valid, as text.
    ///
    /// - Parameter text: 1 to 4 digits and one of `h d w m y`.
    /// - Returns: Nil for anything else, and for less than an hour or more than 10 years.
    public static func lifetime(_ text: String) -> Period? {
        Period(text, in: 3_600...10 * year)
    }

    /// How long a key or an invitation is valid, in seconds.
    ///
    /// - Parameter seconds: As a number of JSON.
    /// - Returns: Nil for less than a second or more than 3,650 days.
    public static func lifetime(seconds: Int64) -> Period? {
        guard (1...315_360_000).contains(seconds) else { return nil }
        return Period(text: String(seconds), seconds: seconds)
    }

    /// For how long history is kept.
    ///
    /// - Parameter text: 1 to 4 digits and one of `h d w m y`.
    /// - Returns: Nil for anything else, and for less than 6 hours or more than 100 years.
    public static func retention(_ text: String) -> Period? {
        Period(text, in: 6 * 3_600...100 * year)
    }

    private init?(_ text: String, in range: ClosedRange<Int64>) {
        guard let last = text.utf8.last, let unit = Self.seconds(ofUnit: last),
            let count = Decimal.parse(text.utf8.dropLast(), maximumDigits: 4),
            range.contains(Int64(count) * unit)
        else { return nil }
        self.init(text: text, seconds: Int64(count) * unit)
    }

    private init(text: String, seconds: Int64) {
        self.text = text
        self.seconds = seconds
    }

    private static func seconds(ofUnit unit: UInt8) -> Int64? {
        switch unit {
        case UInt8(ascii: "h"): 3_600
        case UInt8(ascii: "d"): 86_400
        case UInt8(ascii: "w"): 7 * 86_400
        case UInt8(ascii: "m"): 30 * 86_400
        case UInt8(ascii: "y"): year
        default: nil
        }
    }
}
