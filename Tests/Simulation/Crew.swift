import HTTP
import System
import Synchronization
import TestSupport

@testable import Server

/// The workers of a simulated server, each on a fiber of its own.
///
/// Wherever a worker of a real server would wait, its fiber pauses, until the schedule lets it go on.
final class Crew: Sendable {
    /// Where a worker has halted.
    enum Halt: Int {
        /// It has nothing to do.
        case idle
        /// In front of a derivation.
        case turn
        /// Its unit of work waits to be committed.
        case commit
        /// Its unit of work is committed, and it does not know yet.
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

    /// Nobody yet.
    init() {}

    /// Adds a worker.
    ///
    /// - Parameters:
    ///   - pool: Where its jobs come from.
    ///   - work: Makes what does a job, on the worker's thread.
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

    /// Whether no worker is to do anything any more.
    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// The workers that can go on.
    var runnable: [Int] {
        state.withLock { state in
            state.members.indices.filter { index in
                let member = state.members[index]
                return member.halt == .idle ? member.pool.queued > 0 : member.halt != .none
            }
        }
    }

    /// Where a worker has halted.
    func halt(of index: Int) -> Halt { state.withLock { $0.members[index].halt } }

    /// Lets a worker go on until it halts again; called by the driver.
    ///
    /// - Parameters:
    ///   - index: Which.
    ///   - fault: What goes wrong with the unit of work that it waits to commit.
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

    /// Halts the worker that runs until it is let go on; called on its fiber.
    ///
    /// - Returns: What goes wrong with its unit of work.
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

    /// Ends all workers, as the end of a process does: what they wait for never comes.
    func stop() {
        let fibers = state.withLock { state in
            state.isStopped = true
            return state.members.map(\.fiber)
        }
        for fiber in fibers { fiber.resume() }
    }
}
