/// How long a session may be unused before it is over.
///
/// Uses are recorded by period, so that a request needs no write. A session is never over too early,
/// and at most one period too late.
public struct IdleLimit: Sendable, Equatable {
    /// Seconds without a use.
    private let seconds: Int64

    /// The length of a period in seconds when uses are only displayed.
    public static let standardPeriod: Int64 = 60

    /// Creates a limit; nil for 0, which means none.
    public init?(seconds: Int) {
        guard seconds > 0 else { return nil }
        self.seconds = Int64(seconds)
    }

    /// The length of a period in seconds: a twentieth of the limit, from one second to one minute.
    public var period: Int64 { min(max(seconds / 20, 1), Self.standardPeriod) }

    /// The latest use of a session that is over.
    ///
    /// - Parameter time: The present time.
    /// - Returns: The beginning of the period of that use.
    public func latestUseOfEnded(at time: Timestamp) -> Timestamp {
        time.adding(seconds: -(seconds + period))
    }

    /// The latest use of a session that has been over for so long that no request admitted shortly before
    /// can have used it since: such sessions may be ended for good.
    public func latestUseOfLongEnded(at time: Timestamp) -> Timestamp {
        latestUseOfEnded(at: time.adding(seconds: -period))
    }

    /// Whether a session is over whose last use was in the period that begins at `lastUse`.
    public func isOver(lastUse: Timestamp, at time: Timestamp) -> Bool {
        lastUse <= latestUseOfEnded(at: time)
    }
}
