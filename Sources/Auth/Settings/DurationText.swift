/// A length of time as people write it: `12h`, `30d`, `6m`.
enum DurationText {
    /// A year of 365.25 days.
    static let year: Int64 = 31_557_600

    /// Reads 1 to 4 digits and one of `h d w m y`, where a month is 30 days.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - bounds: The shortest and the longest that is taken.
    /// - Returns: Seconds; nil for anything else.
    static func seconds(_ text: String, in bounds: ClosedRange<Int64>) -> Int64? {
        guard (2...5).contains(text.utf8.count), let last = text.utf8.last,
            let unit = seconds(ofUnit: last)
        else { return nil }
        var count: Int64 = 0
        for byte in text.utf8.dropLast() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            count = count * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return bounds.contains(count * unit) ? count * unit : nil
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
