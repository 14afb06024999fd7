import Glibc
import HTTP
import System
import Synchronization
import Testing

@testable import Server

@Suite struct ListenerTests {
    @Test func `a port in use is an error that names it`() throws {
        let first = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        #expect(
            throws: ServerError.addressUnavailable(
                address: first.address.description, reason: "Address already in use")
        ) {
            _ = try Listener(first.address)
        }
    }

    @Test(arguments: [SO_SNDBUF, SO_RCVBUF])
    func `the kernel buffers of a connection are limited`(option: Int32) throws {
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let client = Client(listener.address)
        #expect(client.isConnected)
        guard case .connection(let socket, _) = AcceptResult.next(from: listener.descriptor) else {
            Issue.record("no connection")
            return
        }
        var bytes: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        #expect(getsockopt(socket.number, SOL_SOCKET, option, &bytes, &size) == 0)
        #expect(bytes == 2 * Listener.bufferBytes)
    }

    @Test func `a Unix socket serves requests and its file is removed at the end`() throws {
        let path = "/tmp/lunauth-test-\(getpid())-a.sock"
        let running = try RunningServer(configure: { $0.listen = [.unix(path: path)] })
        #expect(running.server.boundAddresses == [.unix(path: path)])
        let client = Client(running.address)
        client.send(get("/loop"))
        #expect(client.receive(until: ">").contains(" 200 "))
        running.finish()
        #expect(access(path, F_OK) == -1)
    }

    @Test func `a stale Unix socket is replaced and a live one or a regular file is not`() throws {
        let path = "/tmp/lunauth-test-\(getpid())-b.sock"
        defer { unlink(path) }
        let stale = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = SocketAddress(path: path)?.withPointer { bind(stale, $0, $1) }
        #expect(bound == 0)
        close(stale)
        do {
            let live = try Listener(.unix(path: path))
            #expect(throws: ServerError.self) { _ = try Listener(.unix(path: path)) }
            #expect(access(path, F_OK) == 0)
            #expect(live.address == .unix(path: path))
        }
        #expect(access(path, F_OK) == -1)
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: ServerError.self) { _ = try Listener(.unix(path: path)) }
        #expect(access(path, F_OK) == 0)
    }

    @Test func `a Unix socket that another process is setting up is not removed`() throws {
        let path = "/tmp/lunauth-test-\(getpid())-c.sock"
        defer { unlink(path) }
        // Bound and not listening yet: it looks like a socket that was left behind.
        let other = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = SocketAddress(path: path)?.withPointer { bind(other, $0, $1) }
        #expect(bound == 0)
        let lock = open(path + ".lock", O_CREAT | O_RDWR, 0o600)
        #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
        #expect(
            throws: ServerError.addressUnavailable(
                address: "unix:\(path)", reason: "Address already in use")
        ) {
            _ = try Listener(.unix(path: path))
        }
        #expect(listen(other, 1) == 0)
        #expect(Client(.unix(path: path)).isConnected)
        close(other)
        close(lock)
        let listener = try Listener(.unix(path: path))
        #expect(Client(listener.address).isConnected)
        #expect(access(path + ".lock", F_OK) == -1)
    }

    @Test func `of several processes that replace a stale Unix socket one succeeds and keeps it`()
        throws
    {
        let path = "/tmp/lunauth-test-\(getpid())-d.sock"
        for _ in 0..<20 {
            let stale = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            let bound = SocketAddress(path: path)?.withPointer { bind(stale, $0, $1) }
            #expect(bound == 0)
            close(stale)
            let winners = Mutex<[Listener]>([])
            let starters = try ThreadGroup()
            for _ in 0..<4 {
                try starters.spawn(stackBytes: 1 << 18) {
                    guard let listener = try? Listener(.unix(path: path)) else { return }
                    winners.withLock { $0.append(listener) }
                }
            }
            #expect(starters.wait(until: MonotonicClock.now() + 20_000_000_000))
            #expect(winners.withLock { $0.count } == 1)
            #expect(Client(.unix(path: path)).isConnected)
            winners.withLock { $0 = [] }
        }
        #expect(access(path, F_OK) == -1)
    }

    @Test func `an inherited descriptor that does not listen is rejected`() throws {
        let plain = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(plain) }
        #expect(
            throws: ServerError.addressUnavailable(
                address: "inherited descriptor \(plain)", reason: "not a listening socket")
        ) {
            _ = try Listener(.inherited(descriptor: plain))
        }
    }

    @Test func `an inherited socket continues to listen after the server stops`() throws {
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let copy = dup(listener.descriptor.number)
        let running = try RunningServer(configure: { $0.listen = [.inherited(descriptor: copy)] })
        #expect(running.server.boundAddresses == [listener.address])
        let client = Client(running.address)
        client.send(get("/loop"))
        #expect(client.receive(until: ">").contains(" 200 "))
        running.finish()
        #expect(Client(listener.address).isConnected)
    }
}
