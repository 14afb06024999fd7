import Auth
import Synchronization

/// A clock on the wall that moves when it is told to.
final class TestTime: Sendable {
    private let milliseconds = Atomic<Int64>(1_769_850_300_123)

    /// 2026-01-31T09:05:00.123Z at first.
    var now: Timestamp { Timestamp(milliseconds: milliseconds.load(ordering: .relaxed)) }

    func advance(milliseconds count: Int64) {
        milliseconds.wrappingAdd(count, ordering: .relaxed)
    }
}
