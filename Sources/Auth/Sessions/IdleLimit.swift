/// How long a session may go unused before it is over.
///
/// Uses are known by the period they lie in, so that a request needs no write. A session is never over
/// before its time, and at most one period after it.
public struct IdleLimit: Sendable, Equatable {
    /// Seconds without a use.
    private let seconds: Int64

    /// Seconds of a period where nothing depends on uses but what people are shown.
    public static let standardPeriod: Int64 = 60

    /// A limit; nil for 0, which is none.
    public init?(seconds: Int) {
        guard seconds > 0 else { return nil }
        self.seconds = Int64(seconds)
    }

    /// Seconds of a period: a twentieth of the limit, from a second to a minute.
    public var period: Int64 { min(max(seconds / 20, 1), Self.standardPeriod) }

    /// The latest use of a session that is over.
    ///
    /// - Parameter time: Now.
    /// - Returns: The beginning of the period that the use lies in.
    public func latestUseOfEnded(at time: Timestamp) -> Timestamp {
        time.adding(seconds: -(seconds + period))
    }

    /// The latest use of a session that is over for so long that nobody who was let in by it a moment ago
    /// can have used it since: such sessions may be ended for good.
    public func latestUseOfLongEnded(at time: Timestamp) -> Timestamp {
        latestUseOfEnded(at: time.adding(seconds: -period))
    }

    /// Whether a session is over that was last used in the period that begins then.
    public func isOver(lastUse: Timestamp, at time: Timestamp) -> Bool {
        lastUse <= latestUseOfEnded(at: time)
    }
}
