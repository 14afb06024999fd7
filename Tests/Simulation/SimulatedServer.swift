import API
import Auth
import Crypto
import Glibc
import HTTP
import System
import Logging
import TestSupport

@testable import Server

/// What survives the process of a simulated server.
struct SimulationContext {
    let configuration: RunConfiguration
    let clock = TestClock()
    let network: Network
    let trace: Trace
    let durable = DurableState()
    let keys: TokenKeys
    let vault = FactorVault([.random()])
    /// The account with a second factor, where the configuration has one.
    let twoStepAccount: TwoStepAccount?
    let listener: Listener

    init(_ configuration: RunConfiguration, trace: Trace) throws {
        var chance = Chance(seed: ~configuration.seed)
        self.configuration = configuration
        self.trace = trace
        network = Network(chance: chance.fork())
        network.limitDescriptors(to: configuration.descriptors)
        keys = TokenKeys(try KeyRing(current: .random()))
        listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        twoStepAccount =
            configuration.hasTwoSteps
            ? try TwoStepAccount(in: durable, sealedBy: vault, at: clock) : nil
    }
}

/// The parts of the daemon from the sockets to the store, without its threads: the schedule decides
/// which loop runs an iteration and which worker continues.
final class SimulatedServer {
    let connectionLimit: ConnectionLimit
    let lanes: Lanes
    let workers = SimulatedWorkers()
    let store: MemoryStore
    private(set) var loops: [EventLoop<SimulatedBackend>] = []
    private let backends: [SimulatedBackend]
    private let loopQueues: [LoopQueue]
    private let context: SimulationContext
    private var wakes: [UInt64?]
    private var finished: Set<Int> = []
    private var leaked: [ClientConnection] = []

    /// Creates a server from the durable state.
    init(_ context: SimulationContext) throws {
        let (configuration, clock, network) = (
            context.configuration, context.clock, context.network
        )
        let (trace, durable) = (context.trace, context.durable)
        self.context = context
        connectionLimit = ConnectionLimit(maximum: configuration.maximumConnections)
        let shares = PeerShares(of: configuration.maximumConnections) { _ in false }
        var server = ServerConfiguration(listen: [])
        server.store = .init(
            threads: configuration.workers.store, queue: configuration.queue)
        server.hashing = .init(
            threads: configuration.workers.hashing, queue: configuration.queue)
        let lanes = try Lanes(server)
        self.lanes = lanes
        store = MemoryStore(clock: clock) { $0.encodedProfile }
        store.change { $0 = durable.memory }
        let flaw: SimulatedDisk.Flaw =
            switch configuration.flaw {
            case .earlyDisk: .early
            case .forgetfulDisk: .forgetful
            default: .none
            }
        store.disk = SimulatedDisk(workers: workers, durable: durable, flaw: flaw)
        let services = try Services(context, store: store, workers: workers)
        loopQueues = try (0..<configuration.loops).map { _ in try LoopQueue() }
        backends = (0..<configuration.loops).map { loop in
            SimulatedBackend(loop: loop, network: network, trace: trace, flaw: configuration.flaw) {
                clock.now.seconds
            }
        }
        wakes = [UInt64?](repeating: 0, count: configuration.loops)

        let listener =
            configuration.isInherited
            ? try Listener(
                .inherited(
                    descriptor: fcntl(context.listener.descriptor.number, F_DUPFD_CLOEXEC, 3)))
            : try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let shared = Listeners([listener], holders: configuration.loops)
        for (backend, loopQueue) in zip(backends, loopQueues) {
            try backend.add(loopQueue.counter.descriptor, as: .loopQueue, token: .loopQueue)
            try backend.add(
                listener.descriptor, as: .listener, token: Token(slot: 0, generation: 0))
            loops.append(
                EventLoop(
                    .init(
                        backend: backend, loopQueue: loopQueue, loops: loopQueues,
                        listeners: shared,
                        lanes: lanes, connectionLimit: connectionLimit, shares: shares,
                        timeouts: Timeouts(),
                        accept: { _ in backend.accept() }, clock: { clock.monotonic }),
                    responder: services.responder()))
        }
        for pool in [lanes.store, lanes.hashing] {
            for _ in 0..<pool.threads {
                try workers.add(on: pool) {
                    let responder = services.workerResponder()
                    return { job in
                        if configuration.flaw == .dropsRequest { return }
                        for _ in 0..<(configuration.flaw == .answersTwice ? 2 : 1) {
                            lanes.serve(job, on: pool, with: responder) { clock.monotonic }
                        }
                    }
                }
            }
        }
        network.listen(true)
    }
}

/// Actions of the schedule.
extension SimulatedServer {
    /// The loops that have work now.
    var wakeful: [Int] {
        let now = context.clock.monotonic
        return loops.indices.filter { index in
            !finished.contains(index)
                && (backends[index].hasEvents || wakes[index].map { $0 <= now } ?? false)
        }
    }

    /// When the next loop wakes up by a timeout.
    var nextWake: UInt64? {
        loops.indices.filter { !finished.contains($0) }.compactMap { wakes[$0] }.min()
    }

    /// Whether every loop is shutting down.
    var isDraining: Bool { loops.allSatisfy { $0.drainDeadline != nil } }

    /// Whether every loop has ended.
    var isDone: Bool { finished.count == loops.count }

    /// Runs one iteration of a loop.
    func runIteration(_ index: Int) {
        let loop = loops[index]
        if context.configuration.flaw == .leaksConnection, leaked.isEmpty {
            leaked = loop.clients.tokens.compactMap { loop.clients[$0] }
        }
        if context.configuration.flaw == .answersSuccessor {
            readdress(loopQueues[index], of: loop)
        }
        context.trace.note("turn", index)
        loop.runIteration()
        if loop.drainDeadline != nil { backends[index].beginDraining() }
        if loop.isFinished {
            context.network.endProcess(of: index)
            loop.closeAll()
            finished.insert(index)
        }
        let timeout = loop.timeout
        let now = context.clock.monotonic
        wakes[index] = timeout < 0 ? nil : now + UInt64(timeout) * 1_000_000
    }

    /// Redirects each response in a loop's queue to the current connection in the slot.
    private func readdress(_ loopQueue: LoopQueue, of loop: EventLoop<SimulatedBackend>) {
        for message in loopQueue.take() {
            if case .response(let response, let token) = message,
                let successor = loop.clients[token.slot]
            {
                loopQueue.post(.response(response, successor.token))
            } else {
                loopQueue.post(message)
            }
        }
    }

    /// Sends a message to all loops.
    func tell(_ message: LoopMessage) {
        for loopQueue in loopQueues { loopQueue.post(message) }
    }

    /// Ends the process, whatever is in progress.
    func end() {
        lanes.stop()
        workers.stop()
        loops = []
        finished = []
    }

    /// What is left over once every loop has ended.
    var remains: [String] {
        var found: [String] = []
        if connectionLimit.count != 0 {
            found.append("\(connectionLimit.count) connections are still counted")
        }
        for loop in loops {
            if loop.clients.count != 0 { found.append("a loop keeps connections") }
            if loop.deadlines.next(loop.limits) != nil { found.append("a loop keeps deadlines") }
            // At the end of a drain, connections that were just closed may be listed.
            if loop.unfinished.contains(where: { loop.clients[$0] != nil }) {
                found.append("a loop has unfinished work")
            }
            if !loop.batch.received.isEmpty || !loop.batch.answered.isEmpty {
                found.append("a loop is within a step")
            }
        }
        return found
    }
}
