import Glibc
import HTTP
import System
import Synchronization
import Testing

@testable import Server

/// A server that runs on a thread of its own until `finish`.
final class RunningServer: Sendable {
    /// The server.
    let server: Server
    private let thread: ThreadGroup

    /// Starts a server on a free port, or on the addresses of a changed configuration.
    init(
        responder: @escaping Server.ResponderFactory = { _ in FakeResponder() },
        accept: @escaping @Sendable (borrowing FileDescriptor) -> AcceptResult = {
            AcceptResult.next(from: $0)
        },
        onReload: @escaping @Sendable () -> Void = {},
        configure change: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration(listen: [.tcp(.v4(0x7F00_0001), port: 0)])
        configuration.store.threads = 1
        configuration.hashing.threads = 1
        change(&configuration)
        let server = try Server(configuration, accept: accept)
        self.server = server
        thread = try ThreadGroup()
        try thread.spawn(stackBytes: 1 << 20) {
            do throws(ServerError) {
                try server.run(makeResponder: responder, onReload: onReload)
            } catch {
                Issue.record(error)
            }
        }
    }

    /// The first address it listens on.
    var address: ListenAddress? { server.boundAddresses.first }

    /// Stops the server.
    ///
    /// - Returns: Whether it ended.
    @discardableResult
    func finish() -> Bool {
        server.stop()
        return ended()
    }

    /// Whether `run` returns.
    func ended() -> Bool {
        thread.wait(until: MonotonicClock.now() + 20_000_000_000)
    }
}

/// A client with a plain blocking socket.
///
/// A receive gives up after twenty seconds.
final class Client {
    private let socket: FileDescriptor

    /// Connects; `isConnected` tells whether that worked.
    init(_ address: ListenAddress?) {
        var family = AF_INET
        var name: SocketAddress?
        switch address {
        case .tcp(let ip, let port): name = SocketAddress(ip, port: port)
        case .unix(let path):
            name = SocketAddress(path: path)
            family = AF_UNIX
        case .inherited, nil: break
        }
        let number = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
        socket = FileDescriptor(owning: number)
        isConnected = name?.withPointer { connect(number, $0, $1) == 0 } ?? false
        limitWaits()
    }

    /// Adopts one end of a pair of connected sockets.
    init(adopting socket: consuming FileDescriptor) {
        self.socket = socket
        isConnected = true
        limitWaits()
    }

    private func limitWaits() {
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(socket.number, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    }

    /// The number of its descriptor.
    var number: Int32 { socket.number }

    /// Whether the connection was established.
    let isConnected: Bool

    /// Sends a text.
    func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Sends bytes and keeps no copy.
    func send(_ bytes: [UInt8]) {
        _ = SystemCall.send(socket, bytes, in: bytes.indices)
    }

    /// Ends the output.
    func endOutput() {
        SystemCall.endOutput(socket)
    }

    /// How many received bytes wait in the kernel.
    var arrivedBytes: Int {
        var count: Int32 = 0
        _ = ioctl(number, UInt(FIONREAD), &count)
        return Int(count)
    }

    /// Receives until the text contains this, or the connection ends.
    func receive(until end: String) -> String {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !text.contains(end) {
            guard case .done(let count) = SystemCall.receive(socket, into: &buffer), count > 0
            else {
                return text + "(end)"
            }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        return text
    }
}

/// A checkpoint at which workers wait until a test opens it.
final class Checkpoint: Sendable {
    private let arrived: EventFD
    private let opened: EventFD

    /// Creates a closed checkpoint.
    init() throws {
        arrived = try EventFD(.semaphore)
        opened = try EventFD(.semaphore)
    }

    /// Waits until the checkpoint is opened.
    func pass() {
        arrived.add()
        opened.take()
    }

    /// Waits until a worker has arrived.
    func waitForArrival() { arrived.take() }

    /// Lets one worker pass.
    func open() { opened.add() }
}
