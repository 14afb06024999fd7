import Synchronization
import TestSupport

/// The state that survives a crash.
final class DurableState: Sendable {
    private let contents = Mutex(Memory())

    /// The durable state.
    var memory: Memory {
        get { contents.withLock { $0 } }
        set { contents.withLock { $0 = newValue } }
    }
}

/// A disk whose commits happen when the schedule decides.
struct SimulatedDisk: Disk {
    /// A flaw of a disk that the simulation has to detect.
    enum Flaw {
        /// Nothing.
        case none
        /// It reports commits as durable before it writes them.
        case early
        /// It does not write that sessions have ended.
        case forgetful
    }

    let workers: SimulatedWorkers
    let durable: DurableState
    let flaw: Flaw

    func begin() -> DiskFault { flaw == .early ? .none : workers.halt(.commit) }

    func keep(_ memory: Memory) {
        // A process that has ended writes nothing.
        guard !workers.isStopped else { return }
        switch flaw {
        case .none: durable.memory = memory
        case .early:
            // Written with the next commit of another thread, or never.
            return
        case .forgetful:
            var kept = memory
            for index in kept.sessions.indices { kept.sessions[index].endedAt = nil }
            durable.memory = kept
        }
        _ = workers.halt(.committed)
    }
}
