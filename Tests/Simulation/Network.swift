import Glibc
import HTTP
import System
import Synchronization

@testable import Server

/// The connections between simulated clients and the server under test.
///
/// Each end of the server's is a real descriptor, although nothing is ever read from it or written to
/// it: the real kernel shows whether the server closed it, and so whether it leaks any.
final class Network: Sendable {
    /// One connection.
    struct Wire {
        /// The bytes that arrived at the server's socket and were not received.
        var input: [UInt8] = []
        /// Whether no more bytes will arrive.
        var inputEnded = false
        /// Whether the client reset the connection.
        var isReset = false
        /// The bytes that the server sent and the client has not read.
        var output: [UInt8] = []
        /// The capacity of that buffer.
        var capacity = 65_536
        /// How many bytes had arrived when the server last began to send.
        var heard = 0
        /// How many bytes have arrived.
        var arrived = 0
        /// Whether the server closed its output.
        var outputEnded = false
        /// Whether the server closed its socket.
        var isClosed = false
        /// Whether closing discarded unread input, and with it output in transit.
        var wasTornDown = false
        /// Whether it was closed by the end of the server's process.
        var endedWithProcess = false
        /// The server's socket, once accepted.
        var descriptor: Int32?
        /// The other end of the pipe that the descriptor belongs to.
        var watch: Int32?
        /// The loop that watches it, and its token.
        var watcher: (loop: Int, token: Token)?
        /// Whether the loop has to be notified of a change.
        var isSignalled = false
        /// Whether the server has more to send of its last output.
        var isBackedUp = false
        /// Whether the server waits for buffer space.
        var wantsRoom = false
        /// Whether the loop was notified that the connection is broken.
        var isBreakTold = false
    }

    /// All connections.
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

    /// Creates a network without connections.
    init(chance: Chance) {
        state = Mutex(State(chance: chance))
    }

    deinit {
        state.withLock { state in
            for wire in state.wires { if let watch = wire.watch { close(watch) } }
            for spare in state.spares { close(spare.watch) }
        }
    }

    /// The current state of a connection.
    subscript(wire: Int) -> Wire { state.withLock { $0.wires[wire] } }

    /// Whether the server listens.
    var isListening: Bool { state.withLock { $0.isListening } }

    /// Whether a connection waits to be accepted.
    var hasBacklog: Bool { state.withLock { !$0.backlog.isEmpty } }

    /// The number of spare descriptors that the server has open.
    var openSpares: Int {
        state.withLock { state in
            state.dropClosedSpares()
            return state.spares.count
        }
    }

    /// Whether the server keeps a socket that it was notified is broken.
    var hasBrokenSocket: Bool {
        state.withLock { state in
            state.open.values.contains { state.wires[$0].isBreakTold && !state.wires[$0].isClosed }
        }
    }

    /// Whether the server keeps the socket of a client that half-closed, without anything left to
    /// send to it.
    var hasForgottenHalfClose: Bool {
        state.withLock { state in
            state.open.values.contains {
                let wire = state.wires[$0]
                return wire.inputEnded && !wire.isSignalled && !wire.isBackedUp && !wire.isClosed
            }
        }
    }

    /// The number of sockets that the server has open.
    var openSockets: Int {
        state.withLock { $0.wires.count { $0.descriptor != nil && !$0.isClosed } }
    }
}

/// Actions of clients.
extension Network {
    /// Opens a connection that the server has not accepted; nil when it does not listen.
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

    /// Delivers bytes to the server.
    func deliver(_ bytes: ArraySlice<UInt8>, to wire: Int) {
        state.withLock { state in
            guard !state.wires[wire].isClosed else { return state.tearDown(wire) }
            state.wires[wire].input.append(contentsOf: bytes)
            state.wires[wire].arrived += bytes.count
            state.wires[wire].isSignalled = true
        }
    }

    /// Closes the client's output.
    func endInput(of wire: Int) {
        state.withLock { state in
            state.wires[wire].inputEnded = true
            state.wires[wire].isSignalled = true
        }
    }

    /// Resets the connection.
    func reset(_ wire: Int) {
        state.withLock { state in
            state.wires[wire].isReset = true
            state.wires[wire].inputEnded = true
            state.wires[wire].output = []
            state.wires[wire].isSignalled = true
        }
    }

    /// Reads at most this many bytes that the server sent.
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

/// Actions of the environment.
extension Network {
    /// Starts or stops listening; stopping resets waiting connections, as a closing socket does.
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

    /// Records that a process ends, with all connections of a loop.
    ///
    /// - Parameter loop: The loop; nil for all.
    func endProcess(of loop: Int? = nil) {
        state.withLock { state in
            for wire in state.open.values
            where loop == nil || state.wires[wire].watcher?.loop == loop {
                state.wires[wire].endedWithProcess = true
            }
        }
    }

    /// Limits the descriptors of the server.
    func limitDescriptors(to count: Int) {
        state.withLock { $0.descriptors = count }
    }

    /// Checks which sockets the server has closed.
    ///
    /// - Returns: Those that it closed since the last check.
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
    /// The hang-up of the pipe is no sign: programs that other tests start at the same time have both
    /// ends open for a moment.
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
        // Closing with unread input resets the connection (RFC 9112 §9.6).
        if !wires[wire].input.isEmpty { tearDown(wire) }
    }

    /// Resets a connection: output in transit to the client is lost.
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

    /// The number of the server's descriptors.
    var used: Int {
        mutating get {
            dropClosedSpares()
            return spares.count
                + open.values.count {
                    !Network.isClosed(wires[$0].descriptor, wires[$0].watch)
                }
        }
    }

    /// A descriptor for the server, and the end by which it is watched; nil at the limit.
    mutating func makeDescriptor() -> (server: Int32, watch: Int32)? {
        guard used < descriptors else { return nil }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[1], ends[0])
    }
}
