/// How long an API key or an invitation is good: `12h`, `30d`, `1y`.
public struct Lifetime: Sendable, Equatable {
    /// Its length in seconds, within `bounds`; a month is 30 days, a year 365.25 days.
    public let seconds: Int64

    /// An hour to ten years, in seconds.
    public static let bounds: ClosedRange<Int64> = 3_600...10 * RetentionPeriod.year

    /// Reads 1 to 4 digits and one of `h d w m y`; nil for anything else and out of bounds.
    public init?(_ text: String) {
        guard let seconds = RetentionPeriod.seconds(of: text) else { return nil }
        self.init(seconds: seconds)
    }

    /// A lifetime of this many seconds; nil out of bounds.
    public init?(seconds: Int64) {
        guard Self.bounds.contains(seconds) else { return nil }
        self.seconds = seconds
    }
}
