import API
import Auth
import Crypto
import Glibc
import HTTP
import System
import Logging
import TestSupport

@testable import Server

/// What outlives the process of a simulated server.
struct LoopContext {
    let plan: Plan
    let clock = TestClock()
    let network: Network
    let trace: Trace
    let durable = Durable()
    let keys: TokenKeys
    let listener: Listener

    init(_ plan: Plan, trace: Trace) throws {
        var chance = Chance(seed: ~plan.seed)
        self.plan = plan
        self.trace = trace
        network = Network(chance: chance.fork())
        network.limitDescriptors(to: plan.descriptors)
        keys = TokenKeys(try KeyRing(current: .random()))
        listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
    }
}

/// The parts of the daemon from the sockets to the store, without its threads: the schedule says
/// which loop takes a turn and which worker goes on.
final class SimulatedServer {
    let connectionLimit: ConnectionLimit
    let lanes: Lanes
    let crew = Crew()
    let store: MemoryStore
    private(set) var loops: [EventLoop<SimulatedKernel>] = []
    private let kernels: [SimulatedKernel]
    private let loopQueues: [LoopQueue]
    private let context: LoopContext
    private var wakes: [UInt64?]
    private var finished: Set<Int> = []
    private var leaked: [ClientConnection] = []

    /// A server that begins with what is durable.
    init(_ context: LoopContext) throws {
        let (plan, clock, network) = (context.plan, context.clock, context.network)
        let (trace, durable) = (context.trace, context.durable)
        self.context = context
        connectionLimit = ConnectionLimit(maximum: plan.maximumConnections)
        let shares = PeerShares(of: plan.maximumConnections) { _ in false }
        var configuration = ServerConfiguration(listen: [])
        configuration.store = .init(threads: plan.workers.store, queue: plan.queue)
        configuration.hashing = .init(threads: plan.workers.hashing, queue: plan.queue)
        let lanes = try Lanes(configuration)
        self.lanes = lanes
        store = MemoryStore(clock: clock) { $0.encodedProfile }
        store.change { $0 = durable.memory }
        let flaw: SimulatedDisk.Flaw =
            switch plan.flaw {
            case .earlyDisk: .early
            case .forgetfulDisk: .forgetful
            default: .none
            }
        store.disk = SimulatedDisk(crew: crew, durable: durable, flaw: flaw)
        let services = try Services(context, store: store, crew: crew)
        loopQueues = try (0..<plan.loops).map { _ in try LoopQueue() }
        kernels = (0..<plan.loops).map { loop in
            SimulatedKernel(loop: loop, network: network, trace: trace, flaw: plan.flaw) {
                clock.now.seconds
            }
        }
        wakes = [UInt64?](repeating: 0, count: plan.loops)

        let listener =
            plan.isInherited
            ? try Listener(
                .inherited(
                    descriptor: fcntl(context.listener.descriptor.number, F_DUPFD_CLOEXEC, 3)))
            : try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let shared = Listeners([listener], holders: plan.loops)
        for (kernel, loopQueue) in zip(kernels, loopQueues) {
            try kernel.add(loopQueue.counter.descriptor, as: .loopQueue, token: .loopQueue)
            try kernel.add(
                listener.descriptor, as: .listener, token: Token(slot: 0, generation: 0))
            loops.append(
                EventLoop(
                    .init(
                        backend: kernel, loopQueue: loopQueue, loops: loopQueues, listeners: shared,
                        lanes: lanes, connectionLimit: connectionLimit, shares: shares,
                        timeouts: Timeouts(),
                        accept: { _ in kernel.accept() }, clock: { clock.monotonic }),
                    responder: services.responder()))
        }
        for pool in [lanes.store, lanes.hashing] {
            for _ in 0..<pool.threads {
                try crew.add(on: pool) {
                    let responder = services.workerResponder()
                    return { job in
                        if plan.flaw == .dropsRequest { return }
                        for _ in 0..<(plan.flaw == .answersTwice ? 2 : 1) {
                            var job = job
                            lanes.serve(&job, on: pool, with: responder) { clock.monotonic }
                        }
                    }
                }
            }
        }
        network.listen(true)
    }
}

/// What the schedule does with it.
extension SimulatedServer {
    /// The loops that have something to do now.
    var wakeful: [Int] {
        let now = context.clock.monotonic
        return loops.indices.filter { index in
            !finished.contains(index)
                && (kernels[index].hasEvents || wakes[index].map { $0 <= now } ?? false)
        }
    }

    /// When the next loop wakes by itself.
    var nextWake: UInt64? {
        loops.indices.filter { !finished.contains($0) }.compactMap { wakes[$0] }.min()
    }

    /// Whether every loop has begun to end.
    var isDraining: Bool { loops.allSatisfy { $0.drainDeadline != nil } }

    /// Whether every loop has ended.
    var isDone: Bool { finished.count == loops.count }

    /// Lets a loop take one turn.
    func turn(_ index: Int) {
        let loop = loops[index]
        if context.plan.flaw == .leaksConnection, leaked.isEmpty {
            leaked = loop.clients.tokens.compactMap { loop.clients[$0] }
        }
        if context.plan.flaw == .answersSuccessor { readdress(loopQueues[index], of: loop) }
        context.trace.note("turn", index)
        loop.runIteration()
        if loop.drainDeadline != nil { kernels[index].beginDraining() }
        if loop.isFinished {
            context.network.endProcess(of: index)
            loop.closeAll()
            finished.insert(index)
        }
        let timeout = loop.timeout
        let now = context.clock.monotonic
        wakes[index] = timeout < 0 ? nil : now + UInt64(timeout) * 1_000_000
    }

    /// Sends each answer that waits for a loop to whoever has the place of its connection now.
    private func readdress(_ loopQueue: LoopQueue, of loop: EventLoop<SimulatedKernel>) {
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

    /// Tells all loops something.
    func tell(_ message: LoopMessage) {
        for loopQueue in loopQueues { loopQueue.post(message) }
    }

    /// Ends the process, however much is under way.
    func end() {
        lanes.stop()
        crew.stop()
        loops = []
        finished = []
    }

    /// What is left that should not be, once every loop has ended.
    var remains: [String] {
        var found: [String] = []
        if connectionLimit.count != 0 {
            found.append("\(connectionLimit.count) connections are still counted")
        }
        for loop in loops {
            if loop.clients.count != 0 { found.append("a loop keeps connections") }
            if loop.deadlines.next(loop.limits) != nil { found.append("a loop keeps deadlines") }
            // At the end of a drain there may be more to do for who was closed then.
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
