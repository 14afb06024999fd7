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
        guard
            let seconds = DurationText.seconds(text, in: 6 * 3_600...100 * DurationText.year)
        else { return nil }
        self.init(text: text, seconds: seconds)
    }

    private init(text: String, seconds: Int64) {
        self.text = text
        self.seconds = seconds
    }
}
