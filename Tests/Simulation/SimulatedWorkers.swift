import HTTP
import System
import Synchronization
import TestSupport

@testable import Server

/// The workers of a simulated server, each on its own fiber.
///
/// Where a real worker would block, its fiber pauses until the schedule resumes it.
final class SimulatedWorkers: Sendable {
    /// The point at which a worker has paused.
    enum Halt: Int {
        /// It has no job.
        case idle
        /// Before a derivation.
        case beforeDerivation
        /// Its unit of work waits to be committed.
        case commit
        /// Its unit of work is committed, but it has not been notified.
        case committed
        /// It runs, or has ended.
        case none
    }

    private struct Member {
        let fiber: Fiber
        let pool: WorkerPool
        var halt = Halt.idle
        var fault = DiskFault.none
    }

    private struct State {
        var members: [Member] = []
        var running: Int?
        var isStopped = false
    }

    private let state = Mutex(State())

    /// Creates an empty group.
    init() {}

    /// Adds a worker.
    ///
    /// - Parameters:
    ///   - pool: The source of its jobs.
    ///   - work: Creates what runs a job, on the worker's thread.
    /// - Throws: When the process has no descriptor or thread left.
    func add(
        on pool: WorkerPool, _ work: @escaping @Sendable () -> (Job) -> Void
    ) throws(SystemError) {
        let fiber = try Fiber { [self] _ in
            let serve = work()
            while !isStopped {
                if pool.queued > 0, let job = pool.next() { serve(job) }
                _ = halt(.idle)
            }
        }
        state.withLock { $0.members.append(Member(fiber: fiber, pool: pool)) }
    }

    /// Whether all workers must end.
    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// The workers that can be resumed.
    var runnable: [Int] {
        state.withLock { state in
            state.members.indices.filter { index in
                let member = state.members[index]
                return member.halt == .idle ? member.pool.queued > 0 : member.halt != .none
            }
        }
    }

    /// The point at which a worker has paused.
    func halt(of index: Int) -> Halt { state.withLock { $0.members[index].halt } }

    /// Resumes a worker until it pauses again; called by the driver.
    ///
    /// - Parameters:
    ///   - index: The worker.
    ///   - fault: The failure of the unit of work that it waits to commit.
    func run(_ index: Int, _ fault: DiskFault = .none) {
        let fiber = state.withLock { state in
            state.running = index
            state.members[index].halt = .none
            state.members[index].fault = fault
            return state.members[index].fiber
        }
        fiber.resume()
        state.withLock { $0.running = nil }
    }

    /// Pauses the running worker until it is resumed; called on its fiber.
    ///
    /// - Returns: The failure of its unit of work.
    func halt(_ halt: Halt) -> DiskFault {
        let (index, fiber): (Int?, Fiber?) = state.withLock { state in
            guard !state.isStopped, let index = state.running else { return (nil, nil) }
            state.members[index].halt = halt
            return (index, state.members[index].fiber)
        }
        guard let index, let fiber else { return .beforeCommit }
        fiber.pause()
        return state.withLock { $0.isStopped ? .beforeCommit : $0.members[index].fault }
    }

    /// Ends all workers like the end of a process: what they wait for never happens.
    func stop() {
        let fibers = state.withLock { state in
            state.isStopped = true
            return state.members.map(\.fiber)
        }
        for fiber in fibers { fiber.resume() }
    }
}
