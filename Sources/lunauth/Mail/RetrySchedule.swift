import Auth

/// When a mail that could not be sent is tried again.
enum RetrySchedule {
    /// Seconds between the first attempts; the last one counts for all that follow.
    ///
    /// The first is short: the mailer may just have been started again.
    private static let delays: [Int64] = [5, 30, 60, 300, 900, 1_800, 3_600, 7_200]
    /// Seconds after which a mail is given up: a weekend, and a day to notice.
    static let patience: Int64 = 3 * 86_400

    /// When the next attempt comes.
    ///
    /// - Parameters:
    ///   - attempts: How many failed so far, this one included; at least 1.
    ///   - createdAt: When the mail was written.
    ///   - now: The time.
    /// - Returns: Nil when it is given up.
    static func next(after attempts: Int, of createdAt: Timestamp, now: Timestamp) -> Timestamp? {
        let next = now.adding(seconds: delays[min(max(attempts, 1), delays.count) - 1])
        return next > createdAt.adding(seconds: patience) ? nil : next
    }
}
