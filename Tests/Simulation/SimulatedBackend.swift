import CLinux
import Glibc
import HTTP
import System
import Synchronization

@testable import Server

/// The system calls of one loop: reports the sockets of a network, and never blocks.
final class SimulatedBackend: IOBackend {
    /// The number of the loop.
    let loop: Int
    private let network: Network
    private let trace: Trace
    private let flaw: RunConfiguration.Flaw
    private let wallClock: @Sendable () -> Int64
    private let watched = Mutex(Watched())

    private struct Watched {
        var listeners: [Int32: Token] = [:]
        var loopQueue: Int32?
        var isDraining = false
    }

    /// Creates a backend that watches nothing.
    init(
        loop: Int, network: Network, trace: Trace, flaw: RunConfiguration.Flaw = .none,
        wallClock: @escaping @Sendable () -> Int64
    ) {
        self.loop = loop
        self.flaw = flaw
        self.network = network
        self.trace = trace
        self.wallClock = wallClock
    }

    /// Records that the loop shuts down: it must not accept from now on.
    func beginDraining() {
        watched.withLock { $0.isDraining = true }
    }

    /// Whether a wait would return at once.
    var hasEvents: Bool {
        let (loopQueue, listens) = watched.withLock { ($0.loopQueue, !$0.listeners.isEmpty) }
        if let loopQueue, SystemCall.waitReadable([loopQueue], until: 0) { return true }
        return network.state.withLock { state in
            listens && !state.backlog.isEmpty
                || state.open.values.contains {
                    state.wires[$0].isSignalled && state.wires[$0].watcher?.loop == loop
                }
        }
    }

    func add(
        _ descriptor: borrowing FileDescriptor, as watch: Poller.Watch, token: Token
    ) throws(SystemError) {
        let number = descriptor.number
        switch watch {
        case .loopQueue: watched.withLock { $0.loopQueue = number }
        case .listener: watched.withLock { $0.listeners[number] = token }
        case .connection:
            network.state.withLock { state in
                guard let wire = state.open[number] else { return }
                state.wires[wire].watcher = (loop, token)
                state.wires[wire].isSignalled = true
            }
        }
    }

    func remove(_ descriptor: borrowing FileDescriptor) {
        let number = descriptor.number
        watched.withLock { _ = $0.listeners.removeValue(forKey: number) }
    }

    func wait(into events: inout Poller.Events, timeout: Int32) -> Int? {
        let (loopQueue, listeners) = watched.withLock { ($0.loopQueue, $0.listeners.values) }
        var found: [(token: Token, readiness: Readiness)] = []
        if let loopQueue, SystemCall.waitReadable([loopQueue], until: 0) {
            found.append((.loopQueue, .readable))
        }
        let isInterrupted = network.state.withLock { state in
            if state.chance.happens(2) { return true }
            if !state.backlog.isEmpty {
                found += listeners.sorted { $0.slot < $1.slot }.map { ($0, .readable) }
            }
            for wire in state.open.values.sorted() where state.wires[wire].isSignalled {
                guard let watcher = state.wires[wire].watcher, watcher.loop == loop else {
                    continue
                }
                state.wires[wire].isSignalled = false
                var readiness = state.wires[wire].readiness
                state.wires[wire].isBreakTold = readiness.contains(.broken)
                if flaw == .ignoresBreaks { readiness.remove(.broken) }
                found.append((watcher.token, readiness))
            }
            found.shuffle(using: &state.chance)
            return false
        }
        guard !isInterrupted else { return nil }
        return events.fill { pointer, capacity in
            for (index, event) in found.prefix(Int(capacity)).enumerated() {
                pointer?[index].events = event.readiness.rawValue
                pointer?[index].data.u64 = event.token.bits
            }
            return min(capacity, Int32(found.count))
        }
    }

    func accept() -> AcceptResult {
        if watched.withLock({ $0.isDraining }) {
            trace.violate("loop \(loop) accepts after it began to end")
        }
        let taken: (server: Int32, wire: Int)?? = network.state.withLock { state in
            guard !state.backlog.isEmpty else {
                // accept4(2) needs a descriptor before it checks for a waiting connection.
                return state.used < state.descriptors ? .some(nil) : nil
            }
            guard let ends = state.makeDescriptor() else { return nil }
            // The number may be that of a socket that was closed in this iteration.
            if let former = state.open[ends.server] { state.close(former) }
            let wire = state.backlog.removeFirst()
            state.wires[wire].descriptor = ends.server
            state.wires[wire].watch = ends.watch
            state.open[ends.server] = wire
            return (ends.server, wire)
        }
        guard let taken else { return .exhausted }
        guard let (server, wire) = taken else { return .drained }
        trace.note("accept", loop, wire)
        let peer = Peer.address(.v4(0x7F00_0001), port: UInt16(truncatingIfNeeded: wire))
        return AcceptResult.connection(FileDescriptor(owning: server), peer)
    }

    func receive(
        _ socket: borrowing FileDescriptor, into buffer: inout [UInt8], from start: Int
    ) -> SystemCall.Outcome {
        let number = socket.number
        let outcome: SystemCall.Outcome = network.state.withLock { state in
            guard let wire = state.open[number] else { return .failed(EBADF) }
            let input = state.wires[wire].input
            guard !input.isEmpty else {
                if state.wires[wire].isReset { return .failed(ECONNRESET) }
                let hasEnded = state.wires[wire].inputEnded && flaw != .forgetsHalfClose
                return hasEnded ? .done(0) : .wouldBlock
            }
            let count = min(input.count, buffer.count - start)
            buffer.replaceSubrange(start..<start + count, with: input.prefix(count))
            state.wires[wire].input.removeFirst(count)
            return .done(count)
        }
        note("receive", number, outcome)
        return outcome
    }

    func send(
        _ socket: borrowing FileDescriptor, _ bytes: [UInt8], in range: Range<Int>
    ) -> SystemCall.Outcome {
        let number = socket.number
        let outcome: SystemCall.Outcome = network.state.withLock { state in
            guard let wire = state.open[number] else { return .failed(EBADF) }
            if state.wires[wire].isReset { return .failed(EPIPE) }
            let room = state.wires[wire].capacity - state.wires[wire].output.count
            let count = min(room, range.count)
            state.wires[wire].output.append(contentsOf: bytes[range].prefix(count))
            if !state.wires[wire].isBackedUp { state.wires[wire].heard = state.wires[wire].arrived }
            state.wires[wire].isBackedUp = count < range.count
            if count < range.count { state.wires[wire].wantsRoom = true }
            return count > 0 ? .done(count) : .wouldBlock
        }
        note("send", number, outcome)
        return outcome
    }

    func endOutput(_ socket: borrowing FileDescriptor) {
        let number = socket.number
        network.state.withLock { state in
            guard let wire = state.open[number] else { return }
            state.wires[wire].outputEnded = true
        }
    }

    func openSpare() -> FileDescriptor? {
        let number: Int32? = network.state.withLock { state in
            guard let ends = state.makeDescriptor() else { return nil }
            state.spares.append(ends)
            return ends.server
        }
        guard let number else { return nil }
        return FileDescriptor(owning: number)
    }

    func seconds() -> Int { Int(wallClock()) }

    private func note(_ what: StaticString, _ number: Int32, _ outcome: SystemCall.Outcome) {
        let wire = network.state.withLock { $0.open[number] } ?? -1
        switch outcome {
        case .done(let count): trace.note(what, wire, count)
        case .wouldBlock: trace.note(what, wire, -1)
        case .failed(let code): trace.note(what, wire, -Int(code))
        }
    }
}

extension Network.Wire {
    /// The readiness that epoll(7) would report for the socket.
    fileprivate var readiness: Readiness {
        var readiness: Readiness = []
        if !input.isEmpty || inputEnded { readiness.insert(.readable) }
        if output.count < capacity { readiness.insert(.writable) }
        if inputEnded { readiness.insert(.inputEnds) }
        if isReset { readiness.formUnion([.broken, .hungUp]) }
        if inputEnded, outputEnded { readiness.insert(.hungUp) }
        return readiness
    }
}
