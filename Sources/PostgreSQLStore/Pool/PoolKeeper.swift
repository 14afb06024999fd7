import StoreSupport
import System

/// The thread that opens connections, one at a time.
///
/// Confined to its thread.
final class PoolKeeper {
    /// How long it waits where nothing wakes it, in nanoseconds.
    private static let pause: UInt64 = 1_000_000_000

    private let core: PoolCore
    private var backoff = ReconnectBackoff()
    /// When the next attempt may be made.
    private var nextAttempt: UInt64 = 0

    /// A keeper that has not begun.
    init(_ core: PoolCore) {
        self.core = core
    }

    /// Opens connections until the pool is closed.
    func run() {
        while true {
            let (needsConnection, isClosed) = core.demand
            guard !isClosed else { return }
            let now = MonotonicClock.now()
            if needsConnection, now >= nextAttempt {
                open()
            } else {
                core.wanted.wait(
                    until: needsConnection ? nextAttempt : now + Self.pause)
            }
        }
    }

    private func open() {
        do throws(PostgreSQLError) {
            core.put(try core.connector.open(), isNew: true)
            backoff.succeed()
        } catch {
            core.fail(error)
            nextAttempt = MonotonicClock.now() + backoff.fail()
        }
    }
}
