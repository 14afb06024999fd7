public import Auth
import Synchronization

/// A clock that only the test advances; shared by all threads.
public final class TestClock: Sendable {
    /// The initial time of every clock: 2023-11-14T22:13:20Z.
    public static let start = Timestamp(milliseconds: 1_700_000_000_000)

    private let elapsed = Mutex(UInt64(0))
    private let offset = Mutex(Int64(0))

    /// Creates a clock at its initial time.
    public init() {}

    /// The time of day.
    public var now: Timestamp {
        Timestamp(
            milliseconds: Self.start.milliseconds + Int64(monotonic / 1_000_000)
                + offset.withLock { $0 })
    }

    /// Sets the time of day forward or back, without effect on the monotonic clock.
    public func jump(seconds: Int) { offset.withLock { $0 += Int64(seconds) * 1_000 } }

    /// Sets the time of day, which the monotonic clock does not notice.
    public func set(to time: Timestamp) {
        let difference = time.milliseconds - now.milliseconds
        offset.withLock { $0 += difference }
    }

    /// Nanoseconds since the clock began.
    public var monotonic: UInt64 { elapsed.withLock { $0 } }

    /// Advances the time.
    public func advance(seconds: Int) { advance(nanoseconds: UInt64(seconds) * 1_000_000_000) }

    /// Advances the time.
    public func advance(nanoseconds: UInt64) { elapsed.withLock { $0 += nanoseconds } }
}
