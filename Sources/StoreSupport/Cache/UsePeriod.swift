package import Auth

/// Divides time into the periods by which uses of sessions and API keys are recorded.
package struct UsePeriod: Sendable {
    /// The length of a period.
    package let seconds: Int64

    /// Periods of this length.
    package init(seconds: Int64 = IdleLimit.standardPeriod) {
        self.seconds = seconds
    }

    /// The number of the period that a time is in; with periods of one second it wraps after 136 years.
    package func number(at time: Timestamp) -> UInt32 {
        UInt32(truncatingIfNeeded: max(time.milliseconds, 0) / (seconds * 1_000))
    }

    /// When the period of a time began.
    package func start(at time: Timestamp) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds - time.milliseconds % (seconds * 1_000))
    }
}
