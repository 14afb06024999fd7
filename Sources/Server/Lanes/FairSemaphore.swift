public import System
public import Metrics
import Synchronization

/// Why a semaphore refuses a thread.
public enum SemaphoreError: Error, Sendable, Equatable {
    /// The wait is expected to exceed, or has exceeded, the limit; when to try again.
    case overloaded(retryAfterSeconds: Int)
}

/// Lets a limited number of threads do costly work at one time, in the order of their arrival.
///
/// A thread that would not get a permit in time is refused at once, estimated from the time that
/// others have recently taken. Shared between threads.
public final class FairSemaphore: Sendable {
    private struct Waiter {
        let ticket: UInt64
        let counter: Int32
    }

    private struct State {
        var running = 0
        var waiters: [Waiter] = []
        var lastTicket: UInt64 = 0
        var averageHold: UInt64 = 0
    }

    /// How many threads may have a permit at one time.
    public let permits: Int
    private let waits = Histogram(.times)
    private let holds = Histogram(.times)
    private let clock: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// Creates a semaphore with all permits free.
    ///
    /// - Parameters:
    ///   - permits: How many threads may have a permit at one time; at least 1.
    ///   - clock: Nanoseconds that never go back, to measure how long permits are held.
    public init(permits: Int, clock: @escaping @Sendable () -> UInt64 = MonotonicClock.now) {
        self.permits = max(1, permits)
        self.clock = clock
    }

    /// The number of threads that wait for a permit.
    public var waiting: Int { state.withLock { $0.waiters.count } }

    /// The number of threads with a permit.
    public var running: Int { state.withLock { $0.running } }

    /// How long threads waited for their permit.
    public var waitingTimes: Distribution { waits.distribution }

    /// How long threads held their permit.
    public var holdingTimes: Distribution { holds.distribution }

    /// Whether a thread that asked now would be refused at once.
    ///
    /// - Parameter limit: The longest wait.
    /// - Returns: Whether the expected wait is longer.
    public func isOverloaded(within limit: Duration) -> Bool {
        state.withLock { $0.running >= permits && expectedWait($0) > limit.nanoseconds }
    }

    /// Waits for a permit and runs the body with it.
    ///
    /// - Parameters:
    ///   - limit: The longest wait.
    ///   - body: The work.
    /// - Returns: What the body returns.
    /// - Throws: `overloaded` when the wait is expected to exceed, or exceeds, the limit.
    public func withPermit<Value>(
        within limit: Duration, _ body: () -> Value
    ) throws(SemaphoreError) -> Value {
        let arrival = clock()
        try enter(within: limit.nanoseconds)
        let start = clock()
        let value = body()
        leave(after: clock() &- start, waited: start &- arrival)
        return value
    }
}

extension FairSemaphore {
    private func enter(within limit: UInt64) throws(SemaphoreError) {
        if try enterAtOnce(within: limit) { return }
        let counter: EventFD
        do {
            counter = try EventFD(.flag)
        } catch {
            throw .overloaded(retryAfterSeconds: 1)
        }
        guard let ticket = queue(counter.descriptor.number) else { return }
        let deadline = MonotonicClock.now() &+ limit
        if SystemCall.waitReadable([counter.descriptor.number], until: deadline) { return }

        // Either this thread leaves the queue, or another one has passed it a permit: both happen
        // under the lock, so a counter that is closed is never signalled.
        let retry: Int? = state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else {
                return nil
            }
            state.waiters.remove(at: index)
            return Self.seconds(expectedWait(state))
        }
        if let retry { throw .overloaded(retryAfterSeconds: retry) }
    }

    /// Takes a free permit, or finds that waiting for one would take too long.
    private func enterAtOnce(within limit: UInt64) throws(SemaphoreError) -> Bool {
        try state.withLock { (state) throws(SemaphoreError) in
            if state.running < permits {
                state.running += 1
                return true
            }
            let wait = expectedWait(state)
            guard wait <= limit else { throw .overloaded(retryAfterSeconds: Self.seconds(wait)) }
            return false
        }
    }

    /// Joins the queue; nil when a permit became free and was taken.
    private func queue(_ counter: Int32) -> UInt64? {
        state.withLock { state in
            if state.running < permits {
                state.running += 1
                return nil
            }
            state.lastTicket += 1
            state.waiters.append(Waiter(ticket: state.lastTicket, counter: counter))
            return state.lastTicket
        }
    }

    /// Passes the permit to the thread that has waited longest.
    private func leave(after hold: UInt64, waited wait: UInt64) {
        state.withLock { state in
            // The lock serialises the writers of both histograms.
            waits.observe(wait)
            holds.observe(hold)
            // A moving average over about eight; a single extreme value counts as a minute.
            let hold = min(hold, 60_000_000_000)
            let average = state.averageHold
            state.averageHold = average == 0 ? hold : average - average / 8 + hold / 8
            if state.waiters.isEmpty {
                state.running -= 1
            } else {
                EventFD.add(to: state.waiters.removeFirst().counter)
            }
        }
    }

    /// How long a thread that asked now would wait, in nanoseconds.
    private func expectedWait(_ state: State) -> UInt64 {
        UInt64(state.waiters.count + 1) * state.averageHold / UInt64(permits)
    }

    private static func seconds(_ nanoseconds: UInt64) -> Int {
        max(1, Int(clamping: (nanoseconds + 999_999_999) / 1_000_000_000))
    }
}
