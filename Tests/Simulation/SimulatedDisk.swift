import Synchronization
import TestSupport

/// What outlives a crash.
final class Durable: Sendable {
    private let contents = Mutex(Memory())

    /// What is durable.
    var memory: Memory {
        get { contents.withLock { $0 } }
        set { contents.withLock { $0 = newValue } }
    }
}

/// A disk whose commits come when the schedule says so.
struct SimulatedDisk: Disk {
    /// What is wrong with a disk, for simulations that have to find it.
    enum Flaw {
        /// Nothing.
        case none
        /// It says that something is durable which it has not begun to write.
        case early
        /// It does not write that sessions have ended.
        case forgetful
    }

    let crew: Crew
    let durable: Durable
    let flaw: Flaw

    func begin() -> DiskFault { flaw == .early ? .none : crew.halt(.commit) }

    func keep(_ memory: Memory) {
        // A process that has ended writes nothing.
        guard !crew.isStopped else { return }
        switch flaw {
        case .none: durable.memory = memory
        case .early:
            // Written at the next commit of somebody else, or never.
            return
        case .forgetful:
            var kept = memory
            for index in kept.sessions.indices { kept.sessions[index].endedAt = nil }
            durable.memory = kept
        }
        _ = crew.halt(.committed)
    }
}
