import StoreSupport
import System
import Synchronization
import TestSupport

@testable import SQLiteStore

/// Threads that wait for each other, one of which runs at a time: a seed decides which one, and when
/// time passes.
final class Schedule: Sendable {
    private struct ScheduledThread {
        let fiber: Fiber
        /// The wake signal that it waits for, and until when; nil when it can run now.
        var wait: (wakeSignal: Int, deadline: UInt64)?
    }

    private struct State {
        var threads: [ScheduledThread] = []
        var running: Int?
        var isRung: [Bool] = []
        var chance: Chance
    }

    /// The time.
    let clock: TestClock
    private let state: Mutex<State>

    /// Creates a schedule without threads.
    init(seed: UInt64, clock: TestClock) {
        self.clock = clock
        state = Mutex(State(chance: Chance(seed: seed)))
    }

    /// Adds a thread.
    ///
    /// - Throws: When the process has no descriptor or thread left.
    func add(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        let fiber = try Fiber { _ in body() }
        state.withLock { $0.threads.append(ScheduledThread(fiber: fiber)) }
    }

    /// Creates a wake signal for its threads.
    func makeWakeSignal() -> any WakeSignal {
        let number = state.withLock { state in
            state.isRung.append(false)
            return state.isRung.count - 1
        }
        return SimulatedWakeSignal(number: number, schedule: self)
    }

    /// Sometimes lets other threads run first; called by a thread of the schedule.
    func yield() {
        let fiber: Fiber? = state.withLock { state in
            guard let running = state.running, state.chance.happens(40) else { return nil }
            return state.threads[running].fiber
        }
        fiber?.pause()
    }

    /// Runs one thread until it waits; time passes when none can run otherwise.
    ///
    /// - Returns: False when all have ended.
    func step() -> Bool {
        let now = clock.monotonic
        let next: (index: Int, fiber: Fiber)?? = state.withLock { state in
            let living = state.threads.indices.filter { !state.threads[$0].fiber.isDone }
            guard !living.isEmpty else { return nil }
            let ready = living.filter { index in
                state.threads[index].wait.map { $0.deadline <= now || state.isRung[$0.wakeSignal] }
                    ?? true
            }
            guard !ready.isEmpty, !state.chance.happens(5) else {
                let deadlines = living.compactMap { state.threads[$0].wait?.deadline }
                let wake = deadlines.filter { $0 > now }.min() ?? now
                // Sometimes long enough that all waiters of a write give up.
                let pause = state.chance.happens(10) ? 6_000_000_000 : wake - now
                clock.advance(nanoseconds: pause)
                return .some(nil)
            }
            let index = state.chance.pick(ready)
            state.threads[index].wait = nil
            state.running = index
            return (index, state.threads[index].fiber)
        }
        guard let next else { return false }
        next?.fiber.resume()
        state.withLock { $0.running = nil }
        return true
    }

    fileprivate func ring(_ wakeSignal: Int) {
        state.withLock { $0.isRung[wakeSignal] = true }
        yield()
    }

    fileprivate func wait(on wakeSignal: Int, until deadline: UInt64) {
        let fiber: Fiber? = state.withLock { state in
            guard let running = state.running else { return nil }
            state.threads[running].wait = (wakeSignal, deadline)
            return state.threads[running].fiber
        }
        fiber?.pause()
        state.withLock { $0.isRung[wakeSignal] = false }
    }
}

/// A wake signal whose waiter is resumed by the schedule.
private struct SimulatedWakeSignal: WakeSignal {
    let number: Int
    let schedule: Schedule

    var now: UInt64 { schedule.clock.monotonic }

    func signal() { schedule.ring(number) }

    func wait(until deadline: UInt64) { schedule.wait(on: number, until: deadline) }
}
