public import Auth
import Synchronization

/// A clock that only the test moves; shared by all threads.
public final class TestClock: Sendable {
    /// Where every clock begins: 2023-11-14T22:13:20Z.
    public static let start = Timestamp(milliseconds: 1_700_000_000_000)

    private let elapsed = Mutex(UInt64(0))
    private let offset = Mutex(Int64(0))

    /// A clock at its beginning.
    public init() {}

    /// The time of day.
    public var now: Timestamp {
        Timestamp(
            milliseconds: Self.start.milliseconds + Int64(monotonic / 1_000_000)
                + offset.withLock { $0 })
    }

    /// Sets the time of day forward or back, which the monotonic clock does not notice.
    public func jump(seconds: Int) { offset.withLock { $0 += Int64(seconds) * 1_000 } }

    /// Nanoseconds since the clock began.
    public var monotonic: UInt64 { elapsed.withLock { $0 } }

    /// Lets time go by.
    public func advance(seconds: Int) { advance(nanoseconds: UInt64(seconds) * 1_000_000_000) }

    /// Lets time go by.
    public func advance(nanoseconds: UInt64) { elapsed.withLock { $0 += nanoseconds } }
}
