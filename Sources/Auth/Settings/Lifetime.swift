/// For how long something is good that somebody makes: an API key, an invitation.
public struct Lifetime: Sendable, Equatable {
    /// Its length in seconds.
    public let seconds: Int64

    /// Reads 1 to 4 digits and one of `h d w m y`, as a retention period is written; nil for
    /// anything else and for less than an hour or more than 10 years.
    public init?(_ text: String) {
        guard let seconds = DurationText.seconds(text, in: 3_600...10 * DurationText.year) else {
            return nil
        }
        self.seconds = seconds
    }

    /// A number of seconds; nil for less than one or more than 3,650 days.
    public init?(seconds: Int64) {
        guard (1...315_360_000).contains(seconds) else { return nil }
        self.seconds = seconds
    }
}
