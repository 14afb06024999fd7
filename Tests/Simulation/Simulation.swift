import System
import TestSupport

@testable import Server

/// One run: clients, a server that restarts and crashes, its disk and its clock, in an order that a
/// seed decides.
///
/// Confined to its thread.
final class Simulation {
    private static let mostSteps = 50_000
    /// Longer than a connection may last after its client acted: all timeouts together.
    private static let longestSilence = Duration.seconds(10 + 30 + 150 + 30 + 2).nanoseconds

    private let configuration: RunConfiguration
    private let trace: Trace
    private let context: SimulationContext
    private let clients: [Client]
    private var server: SimulatedServer
    private var chance: Chance
    private var jumps = 0
    private var isClosing = false
    private var lastDeed: UInt64 = 0

    /// The result of a run.
    struct Outcome: Equatable {
        /// The hash of its trace.
        let hash: UInt64
        /// The number of answered requests.
        let answers: Int
        /// The violations.
        let violations: [String]
    }

    /// Creates a run.
    private init(_ configuration: RunConfiguration, _ trace: Trace) throws {
        self.configuration = configuration
        self.trace = trace
        let context = try SimulationContext(configuration, trace: trace)
        self.context = context
        var chance = Chance(seed: configuration.seed &* 31 &+ 7)
        clients = (0..<configuration.clients).map { index in
            Client(index, of: context, chance: chance.fork())
        }
        server = try SimulatedServer(context)
        self.chance = chance
    }

    /// Runs a configuration.
    ///
    /// - Throws: When the machine has no descriptor or thread left.
    static func run(_ configuration: RunConfiguration, _ trace: Trace = Trace(keepsLines: false))
        throws -> Outcome
    {
        let simulation = try Simulation(configuration, trace)
        try simulation.run()
        return Outcome(
            hash: trace.hash, answers: simulation.clients.map(\.answers).reduce(0, +),
            violations: trace.violations)
    }
}

extension Simulation {
    private func run() throws {
        for _ in 0..<Self.mostSteps {
            guard trace.violations.isEmpty else { return server.end() }
            try injectFailure()
            if try !step() {
                check()
                return
            }
        }
        trace.violate("it never ends")
        server.end()
    }

    /// Performs one possible action; false when the run is over.
    private func step() throws -> Bool {
        context.clock.advance(nanoseconds: UInt64(chance.below(configuration.pace)))
        var choices: [() -> Void] = []
        for loop in server.wakeful {
            choices += [{ self.runIteration(loop) }, { self.runIteration(loop) }]
        }
        for client in clients where client.canAct {
            choices.append {
                client.act(jumps: self.jumps)
                self.lastDeed = self.context.clock.monotonic
            }
        }
        // A client that reconnects at once finds its earlier requests still in progress.
        if choices.isEmpty || !configuration.isHasty || chance.happens(15) {
            for worker in server.workers.runnable {
                choices += [{ self.work(worker) }, { self.work(worker) }]
            }
        }
        if !choices.isEmpty {
            choices[chance.below(choices.count)]()
            return true
        }
        return try wait()
    }

    private func runIteration(_ loop: Int) {
        server.runIteration(loop)
        _ = context.network.noticeClosing()
        if context.network.hasBrokenSocket { trace.violate("a broken connection is kept") }
        if server.isDraining, !configuration.isInherited { context.network.listen(false) }
    }

    private func work(_ worker: Int) {
        let halt = server.workers.halt(of: worker)
        var fault = DiskFault.none
        if halt == .commit, chance.below(1_000) < configuration.faults {
            fault = chance.happens(70) ? .beforeCommit : .afterCommit
        }
        trace.note("work", worker, halt.rawValue, fault == .none ? 0 : 1)
        server.workers.run(worker, fault)
    }

    /// Advances the time, or enters the next stage; false when the run is over.
    private func wait() throws -> Bool {
        if server.isDone {
            guard !isClosing else { return false }
            try restart()
            return true
        }
        let isQuiet = clients.allSatisfy(\.isDone) && context.network.openSockets == 0
        if isQuiet, !isClosing {
            isClosing = true
            drain()
            return true
        }
        // No client can act: every request is answered.
        if context.network.hasForgottenHalfClose {
            trace.violate("a connection is kept whose client ended its output")
        }
        guard let wake = server.nextWake else {
            trace.violate("all clients are stuck")
            return false
        }
        let now = context.clock.monotonic
        if now - lastDeed > Self.longestSilence, context.network.openSockets > 0 {
            trace.violate("a connection outlives all its deadlines")
        }
        context.clock.advance(nanoseconds: wake > now ? wake - now : 0)
        trace.note("wait")
        return true
    }

    private func drain() {
        guard !server.isDraining else { return }
        let deadline = context.clock.monotonic + Timeouts().drain.nanoseconds
        trace.note("drain")
        server.tell(.drain(until: deadline))
    }
}

/// Injected failures.
extension Simulation {
    private func injectFailure() throws {
        let dice = chance.below(1_000)
        var bound = configuration.crashes
        if dice < bound { return try crash() }
        bound += configuration.restarts
        if dice < bound { return drain() }
        bound += configuration.jumps
        if dice < bound {
            jumps += 1
            let seconds = chance.pick([-3_600, 3_600, 31_536_000, -31_536_000])
            trace.note("jump", seconds)
            return context.clock.jump(seconds: seconds)
        }
        bound += configuration.reloads
        if dice < bound {
            var timeouts = Timeouts()
            timeouts.idle = .seconds(chance.number(in: 1...150))
            timeouts.head = .seconds(chance.number(in: 1...10))
            trace.note("reload")
            return server.tell(.timeouts(timeouts))
        }
        bound += configuration.faults / 20
        guard dice < bound else { return }
        let isBroken = if case .broken = server.store.condition { true } else { false }
        trace.note("disk", isBroken ? 1 : 0)
        server.store.condition = isBroken ? .well : .broken
    }

    private func crash() throws {
        guard !isClosing else { return }
        trace.note("crash")
        context.network.endProcess()
        try restart()
    }

    private func restart() throws {
        if server.isDone { checkRemains() }
        server.end()
        _ = context.network.noticeClosing()
        if !configuration.isInherited { context.network.listen(false) }
        trace.note("start")
        server = try SimulatedServer(context)
    }
}

/// Conditions at the end of a run.
extension Simulation {
    private func check() {
        guard server.isDone else { return server.end() }
        checkRemains()
        for what in context.durable.memory.contradictions(openedBy: context.vault) {
            trace.violate(what)
        }
        let queued = server.lanes.store.queued + server.lanes.hashing.queued
        if queued > 0 { trace.violate("\(queued) requests are still queued") }
        server.end()
        context.network.listen(false)
        _ = context.network.noticeClosing()
        if context.network.openSockets > 0 { trace.violate("a socket is not closed") }
        if context.network.openSpares > 0 { trace.violate("a descriptor is not closed") }
    }

    private func checkRemains() {
        for what in server.remains { trace.violate(what) }
    }
}
