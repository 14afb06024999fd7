import Auth

/// Cuts time into the periods by which uses of sessions and API keys are known.
struct UsePeriod: Sendable {
    /// Its length.
    let seconds: Int64

    /// Periods of this length.
    init(seconds: Int64 = IdleLimit.standardPeriod) {
        self.seconds = seconds
    }

    /// Tells the period of a time from others; of seconds, it repeats itself after 136 years.
    func number(at time: Timestamp) -> UInt32 {
        UInt32(truncatingIfNeeded: max(time.milliseconds, 0) / (seconds * 1_000))
    }

    /// When the period of a time began.
    func start(at time: Timestamp) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds - time.milliseconds % (seconds * 1_000))
    }
}
