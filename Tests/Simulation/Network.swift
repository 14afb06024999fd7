import Glibc
import HTTP
import System
import Synchronization

@testable import Server

/// The connections between simulated clients and the server under test.
///
/// Each end of the server's is a real descriptor, though nothing is ever read from it or written to
/// it: whether the server closed it, and so whether it leaks any, is asked of the real kernel.
final class Network: Sendable {
    /// One connection.
    struct Wire {
        /// What arrived at the server's socket and was not received.
        var input: [UInt8] = []
        /// Whether nothing more will arrive.
        var inputEnded = false
        /// Whether the client broke the connection off.
        var isReset = false
        /// What the server sent and the client has not read.
        var output: [UInt8] = []
        /// How much of that there may be.
        var capacity = 65_536
        /// How much had arrived when the server last began to say something.
        var heard = 0
        /// How much has arrived.
        var arrived = 0
        /// Whether the server ended its output.
        var outputEnded = false
        /// Whether the server closed its socket.
        var isClosed = false
        /// Whether closing threw away what the client had sent, and with it what was on its way back.
        var wasTornDown = false
        /// Whether it was closed because the server's process ended.
        var endedWithProcess = false
        /// The server's socket, once accepted.
        var descriptor: Int32?
        /// The other end of the pipe that the descriptor is one end of.
        var watch: Int32?
        /// The loop that watches it, and under which token.
        var watcher: (loop: Int, token: Token)?
        /// Whether the loop has to be told of a change.
        var isSignalled = false
        /// Whether the server has more to send of what it said last.
        var isBackedUp = false
        /// Whether the server waits for room.
        var wantsRoom = false
        /// Whether the loop was told that the connection is broken.
        var isBreakTold = false
    }

    /// Everything on the way.
    struct State {
        var wires: [Wire] = []
        var backlog: [Int] = []
        var open: [Int32: Int] = [:]
        var spares: [(server: Int32, watch: Int32)] = []
        var chance: Chance
        var descriptors = Int.max
        var isListening = true
    }

    let state: Mutex<State>

    /// A network without connections.
    init(chance: Chance) {
        state = Mutex(State(chance: chance))
    }

    deinit {
        state.withLock { state in
            for wire in state.wires { if let watch = wire.watch { close(watch) } }
            for spare in state.spares { close(spare.watch) }
        }
    }

    /// What a connection looks like at the moment.
    subscript(wire: Int) -> Wire { state.withLock { $0.wires[wire] } }

    /// Whether somebody listens.
    var isListening: Bool { state.withLock { $0.isListening } }

    /// Whether a connection waits to be accepted.
    var hasBacklog: Bool { state.withLock { !$0.backlog.isEmpty } }

    /// How many descriptors beside its sockets the server holds.
    var openSpares: Int {
        state.withLock { state in
            state.dropClosedSpares()
            return state.spares.count
        }
    }

    /// Whether the server holds a socket that it was told is broken.
    var hasBrokenSocket: Bool {
        state.withLock { state in
            state.open.values.contains { state.wires[$0].isBreakTold && !state.wires[$0].isClosed }
        }
    }

    /// Whether the server holds the socket of a client that ended its output, and has nothing more to
    /// send to it.
    var hasForgottenHalfClose: Bool {
        state.withLock { state in
            state.open.values.contains {
                let wire = state.wires[$0]
                return wire.inputEnded && !wire.isSignalled && !wire.isBackedUp && !wire.isClosed
            }
        }
    }

    /// How many sockets the server holds.
    var openSockets: Int {
        state.withLock { $0.wires.count { $0.descriptor != nil && !$0.isClosed } }
    }
}

/// What clients do.
extension Network {
    /// A connection that the server has not accepted; nil when nobody listens.
    func connect(capacity: Int) -> Int? {
        state.withLock { state in
            guard state.isListening else { return nil }
            var wire = Wire()
            wire.capacity = capacity
            state.wires.append(wire)
            state.backlog.append(state.wires.count - 1)
            return state.wires.count - 1
        }
    }

    /// Lets bytes arrive at the server.
    func deliver(_ bytes: ArraySlice<UInt8>, to wire: Int) {
        state.withLock { state in
            guard !state.wires[wire].isClosed else { return state.tearDown(wire) }
            state.wires[wire].input.append(contentsOf: bytes)
            state.wires[wire].arrived += bytes.count
            state.wires[wire].isSignalled = true
        }
    }

    /// Ends the client's output.
    func endInput(of wire: Int) {
        state.withLock { state in
            state.wires[wire].inputEnded = true
            state.wires[wire].isSignalled = true
        }
    }

    /// Breaks the connection off.
    func reset(_ wire: Int) {
        state.withLock { state in
            state.wires[wire].isReset = true
            state.wires[wire].inputEnded = true
            state.wires[wire].output = []
            state.wires[wire].isSignalled = true
        }
    }

    /// Takes what the server sent, at most so much of it.
    func read(_ wire: Int, atMost count: Int) -> [UInt8] {
        state.withLock { state in
            let bytes = Array(state.wires[wire].output.prefix(count))
            state.wires[wire].output.removeFirst(bytes.count)
            if !bytes.isEmpty, state.wires[wire].wantsRoom {
                state.wires[wire].wantsRoom = false
                state.wires[wire].isSignalled = true
            }
            return bytes
        }
    }
}

/// What the world around the server does.
extension Network {
    /// Lets new connections in, or turns those away that wait, as a closing socket does.
    func listen(_ isListening: Bool) {
        state.withLock { state in
            state.isListening = isListening
            guard !isListening else { return }
            for wire in state.backlog {
                state.wires[wire].isClosed = true
                state.wires[wire].wasTornDown = true
            }
            state.backlog = []
        }
    }

    /// Takes note that a process ends, with every connection that a loop of it has.
    ///
    /// - Parameter loop: Which loop; nil for all.
    func endProcess(of loop: Int? = nil) {
        state.withLock { state in
            for wire in state.open.values
            where loop == nil || state.wires[wire].watcher?.loop == loop {
                state.wires[wire].endedWithProcess = true
            }
        }
    }

    /// The most descriptors that the server may have.
    func limitDescriptors(to count: Int) {
        state.withLock { $0.descriptors = count }
    }

    /// Looks which sockets the server has closed.
    ///
    /// - Returns: Those that it closed since the last look.
    func noticeClosing() -> [Int] {
        state.withLock { state in
            state.dropClosedSpares()
            let open = state.open.values.sorted()
            let closed = open.filter {
                Self.isClosed(state.wires[$0].descriptor, state.wires[$0].watch)
            }
            for wire in closed { state.close(wire) }
            return closed
        }
    }

    /// Whether the server's end of a pipe is closed: its number is free, or another file's.
    ///
    /// That the pipe hangs up would say so later: the programs that other tests start meanwhile hold
    /// both ends for a moment.
    fileprivate static func isClosed(_ server: Int32?, _ watch: Int32?) -> Bool {
        guard let server, let watch else { return true }
        var (end, other) = (stat(), stat())
        guard fstat(server, &end) == 0, fstat(watch, &other) == 0 else { return true }
        return end.st_ino != other.st_ino || end.st_dev != other.st_dev
    }
}

extension Network.State {
    mutating func close(_ wire: Int) {
        if let watch = wires[wire].watch { Glibc.close(watch) }
        if let descriptor = wires[wire].descriptor { open[descriptor] = nil }
        wires[wire].watch = nil
        wires[wire].isClosed = true
        // Closing on unread input resets the connection (RFC 9112 §9.6).
        if !wires[wire].input.isEmpty { tearDown(wire) }
    }

    /// Resets a connection: what was on its way to the client is lost.
    fileprivate mutating func tearDown(_ wire: Int) {
        wires[wire].wasTornDown = true
        wires[wire].output = []
    }

    mutating func dropClosedSpares() {
        spares.removeAll { server, watch in
            guard Network.isClosed(server, watch) else { return false }
            Glibc.close(watch)
            return true
        }
    }

    /// How many descriptors the server has.
    var used: Int {
        mutating get {
            dropClosedSpares()
            return spares.count
                + open.values.count {
                    !Network.isClosed(wires[$0].descriptor, wires[$0].watch)
                }
        }
    }

    /// A descriptor for the server, and the end by which it is watched; nil when it has too many.
    mutating func makeDescriptor() -> (server: Int32, watch: Int32)? {
        guard used < descriptors else { return nil }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[1], ends[0])
    }
}
