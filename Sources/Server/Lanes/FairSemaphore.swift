public import System
public import Metrics
import Synchronization

/// Why a gate lets nobody through.
public enum GateError: Error, Sendable, Equatable {
    /// The turn would come, or has not come, within the limit; when to ask again.
    case overloaded(retryAfterSeconds: Int)
}

/// Lets a limited number of threads do costly work at one time, in the order of their arrival.
///
/// Who could not get a turn in time is turned away at once, as far as the time that others took
/// lately can tell. Shared between threads.
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

    /// How many may be inside at one time.
    public let permits: Int
    private let waits = Histogram(.times)
    private let holds = Histogram(.times)
    private let clock: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// A gate that nobody has passed.
    ///
    /// - Parameters:
    ///   - permits: How many may be inside at one time; at least 1.
    ///   - clock: Nanoseconds that never go back; how long somebody is inside is measured with it.
    public init(permits: Int, clock: @escaping @Sendable () -> UInt64 = MonotonicClock.now) {
        self.permits = max(1, permits)
        self.clock = clock
    }

    /// How many threads wait for their turn.
    public var waiting: Int { state.withLock { $0.waiters.count } }

    /// How many threads are inside.
    public var running: Int { state.withLock { $0.running } }

    /// How long those waited who had their turn.
    public var waitingTimes: Distribution { waits.distribution }

    /// How long they were inside.
    public var holdingTimes: Distribution { holds.distribution }

    /// Whether somebody who came now would be turned away at once.
    ///
    /// - Parameter limit: The longest wait.
    /// - Returns: Whether the wait would be longer, as far as can be told.
    public func isOverloaded(within limit: Duration) -> Bool {
        state.withLock { $0.running >= permits && expectedWait($0) > limit.nanoseconds }
    }

    /// Waits for a turn and takes it.
    ///
    /// - Parameters:
    ///   - limit: The longest wait.
    ///   - body: What is done inside.
    /// - Returns: What the body returns.
    /// - Throws: `overloaded` when the wait would be, or was, longer than the limit.
    public func withPermit<Value>(
        within limit: Duration, _ body: () -> Value
    ) throws(GateError) -> Value {
        let arrival = clock()
        try enter(within: limit.nanoseconds)
        let start = clock()
        let value = body()
        leave(after: clock() &- start, waited: start &- arrival)
        return value
    }
}

extension FairSemaphore {
    private func enter(within limit: UInt64) throws(GateError) {
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

        // Either this thread leaves the queue, or somebody gave it the permit meanwhile: both
        // happen under the lock, so nobody signals a counter that is closed.
        let retry: Int? = state.withLock { state in
            guard let index = state.waiters.firstIndex(where: { $0.ticket == ticket }) else {
                return nil
            }
            state.waiters.remove(at: index)
            return Self.seconds(expectedWait(state))
        }
        if let retry { throw .overloaded(retryAfterSeconds: retry) }
    }

    /// Takes a free permit, or finds that waiting for one makes no sense.
    private func enterAtOnce(within limit: UInt64) throws(GateError) -> Bool {
        try state.withLock { (state) throws(GateError) in
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

    /// Gives the permit to whoever waits longest.
    private func leave(after hold: UInt64, waited wait: UInt64) {
        state.withLock { state in
            // The lock lets one thread at a time write to them.
            waits.observe(wait)
            holds.observe(hold)
            // A moving average over about eight; one absurd measurement counts as a minute.
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

    /// How long somebody who came now would wait, in nanoseconds.
    private func expectedWait(_ state: State) -> UInt64 {
        UInt64(state.waiters.count + 1) * state.averageHold / UInt64(permits)
    }

    private static func seconds(_ nanoseconds: UInt64) -> Int {
        max(1, Int(clamping: (nanoseconds + 999_999_999) / 1_000_000_000))
    }
}
