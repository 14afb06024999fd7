public import Auth
import Synchronization

/// A clock that only the test moves; shared by all threads.
public final class TestClock: Sendable {
    /// Where every clock begins: 2023-11-14T22:13:20Z.
    public static let start = Timestamp(milliseconds: 1_700_000_000_000)

    private let elapsed = Mutex(UInt64(0))
    private let ahead = Mutex(Int64(0))

    /// A clock at its beginning.
    public init() {}

    /// The time of day.
    public var now: Timestamp {
        Timestamp(milliseconds: Self.start.milliseconds + Int64(monotonic / 1_000_000))
            .adding(seconds: ahead.withLock { $0 })
    }

    /// Nanoseconds since the clock began.
    public var monotonic: UInt64 { elapsed.withLock { $0 } }

    /// Sets the time of day so far ahead, or back, while no time goes by.
    public func set(secondsAhead seconds: Int64) { ahead.withLock { $0 = seconds } }

    /// Lets time go by.
    public func advance(seconds: Int) { advance(nanoseconds: UInt64(seconds) * 1_000_000_000) }

    /// Lets time go by.
    public func advance(nanoseconds: UInt64) { elapsed.withLock { $0 += nanoseconds } }
}
