/// How long history is kept: `6m`, `90d`, `1y`.
public struct RetentionPeriod: Sendable, Equatable {
    /// As it was written.
    public let text: String
    /// Its length in seconds; a month is 30 days, a year 365.25 days.
    public let seconds: Int64

    /// Six months.
    public static let standard = RetentionPeriod(text: "6m", seconds: 6 * 30 * 86_400)

    /// Reads 1 to 4 digits and one of `h d w m y`; nil for anything else and for less than 6 hours
    /// or more than 100 years.
    public init?(_ text: String) {
        guard let seconds = Self.seconds(of: text),
            (6 * 3_600...100 * Self.year).contains(seconds)
        else { return nil }
        self.init(text: text, seconds: seconds)
    }

    private init(text: String, seconds: Int64) {
        self.text = text
        self.seconds = seconds
    }

    /// A year of 365.25 days, in seconds.
    static let year: Int64 = 31_557_600

    /// What 1 to 4 digits and one of `h d w m y` come to, in seconds; nil for anything else.
    static func seconds(of text: String) -> Int64? {
        guard (2...5).contains(text.utf8.count), let last = text.utf8.last,
            let unit = seconds(ofUnit: last)
        else { return nil }
        var count: Int64 = 0
        for byte in text.utf8.dropLast() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            count = count * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return count * unit
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
