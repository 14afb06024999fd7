/// How long a unit of work pauses before it is tried again.
///
/// The longest pause doubles with each attempt, from 1 to at most 64 milliseconds; a random one up to it is
/// taken, so that those that conflicted do not meet again.
struct RetryDelay {
    /// How often a unit of work may be tried again: for about 2 seconds, if its deadline is not before.
    ///
    /// While the tables are small, rows of different accounts are on the same page of an index, where
    /// PostgreSQL takes them for a conflict: of several writers at once most have to repeat something.
    static let maximumRetries = 60
    private static let shortest: UInt64 = 1_000_000
    private static let longest: UInt64 = 64_000_000
    /// How often the longest pause doubles.
    private static let doublings = 6

    private var retries = 0

    /// Nothing was tried yet.
    init() {}

    /// When to try again, in nanoseconds of the monotonic clock.
    ///
    /// - Parameters:
    ///   - now: The present time.
    ///   - deadline: When it has to be done.
    ///   - random: Gives a number of a range; for tests.
    /// - Returns: Nil when it is not to be tried again.
    mutating func next(
        at now: UInt64, before deadline: UInt64,
        random: (ClosedRange<UInt64>) -> UInt64 = { UInt64.random(in: $0) }
    ) -> UInt64? {
        guard retries < Self.maximumRetries else { return nil }
        let longest = min(Self.longest, Self.shortest << UInt64(min(retries, Self.doublings)))
        retries += 1
        let time = now + random(0...longest)
        return time < deadline ? time : nil
    }
}
