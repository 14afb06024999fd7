import StoreSupport
import Synchronization
import System

/// Ends a thread that works at intervals.
///
/// Shared: one thread waits, any thread ends it.
final class EndSignal: Sendable {
    private let wake: any WakeSignal
    private let ended = Atomic<Bool>(false)

    /// Not ended.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        wake = try EventWakeSignal()
    }

    /// Whether it has ended.
    var isEnded: Bool { ended.load(ordering: .acquiring) }

    /// Ends it.
    func end() {
        ended.store(true, ordering: .releasing)
        wake.signal()
    }

    /// Waits for a time or the end, in nanoseconds of the monotonic clock.
    func wait(until time: UInt64) {
        while !isEnded, MonotonicClock.now() < time { wake.wait(until: time) }
    }
}
