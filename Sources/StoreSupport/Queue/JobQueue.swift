package import Auth
import Synchronization

/// The jobs that wait for the writer: any thread adds, the writer takes.
package final class JobQueue: Sendable {
    /// The most jobs that wait; the queue is full long before their deadlines would pass.
    package static let capacity = 1_024
    /// The most writes that share a transaction: bounds how long the first waits for the last.
    package static let groupLimit = 64

    /// What the writer does next.
    package enum Batch {
        /// Writes for one transaction.
        case writes([Write])
        /// Setup, alone.
        case setUp(SetupJob, WriteResult<Void>)
        /// A change of what setup stored, alone.
        case reconfigure(Reconfiguration)
        /// No job arrived before the deadline.
        case nothing
        /// The queue is closed and empty.
        case closed
    }

    private struct State {
        var jobs: [Job] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let arrival: any WakeSignal

    /// An empty queue.
    ///
    /// - Parameter arrival: What the writer waits on.
    package init(arrival: any WakeSignal) {
        self.arrival = arrival
    }

    /// The time by which the writer waits.
    package var now: UInt64 { arrival.now }

    /// How many jobs wait.
    package var count: Int { state.withLock { $0.jobs.count } }

    /// Adds a job.
    ///
    /// - Throws: `overloaded` when it is full, `unavailable` when it is closed.
    package func push(_ job: Job) throws(AuthError) {
        let wasEmpty = try state.withLock { (state) throws(AuthError) in
            guard !state.isClosed else {
                throw .unavailable(.closing, detail: "the store is closed")
            }
            guard state.jobs.count < Self.capacity else {
                throw .overloaded(retryAfter: 1, .writeQueueFull)
            }
            state.jobs.append(job)
            return state.jobs.count == 1
        }
        // The writer empties the queue before it waits: one signal is enough.
        if wasEmpty { arrival.signal() }
    }

    /// Refuses further jobs; those that wait are still done.
    package func close() {
        state.withLock { $0.isClosed = true }
        arrival.signal()
    }

    /// Takes the next batch; waits only when the queue is empty.
    ///
    /// Called by the writer alone.
    package func next(until deadline: UInt64) -> Batch {
        if let batch = take() { return batch }
        arrival.wait(until: deadline)
        return take() ?? .nothing
    }

    private func take() -> Batch? {
        state.withLock { state in
            switch state.jobs.first {
            case .none: return state.isClosed ? .closed : nil
            case .setUp(let setup, let answer):
                state.jobs.removeFirst()
                return .setUp(setup, answer)
            case .reconfigure(let change):
                state.jobs.removeFirst()
                return .reconfigure(change)
            case .write:
                var group: [Write] = []
                for case .write(let write) in state.jobs.prefix(Self.groupLimit).prefix(while: {
                    if case .write = $0 { true } else { false }
                }) {
                    group.append(write)
                }
                state.jobs.removeFirst(group.count)
                return .writes(group)
            }
        }
    }
}
