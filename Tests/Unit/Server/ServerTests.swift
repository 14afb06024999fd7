import Glibc
import HTTP
import System
import Synchronization
import Testing

@testable import Server

@Suite struct ServerTests {
    @Test func `requests are answered over a real socket, on every lane`() throws {
        let running = try RunningServer(configure: { $0.eventLoops = 2 })
        for path in ["/loop", "/store", "/hashing", "/both"] {
            let client = Client(running.address)
            client.send(get(path))
            #expect(client.receive(until: ">").hasSuffix("<\(path)>"))
            client.send(get(path + "/again"))
            #expect(client.receive(until: ">").hasSuffix("<\(path)/again>"))
        }
        #expect(running.finish())
        #expect(running.server.statistics.connections == 0)
    }

    @Test func `a large pipeline of large responses arrives complete and in order`() throws {
        let running = try RunningServer()
        let client = Client(running.address)
        client.send((0..<60).map { get("/loop\($0)/large") }.joined() + get("/loop/end"))
        let text = client.receive(until: "</loop/end>")
        #expect(text.split(separator: "HTTP/1.1 200 OK").count == 61)
        #expect(text.utf8.count(where: { $0 == UInt8(ascii: "x") }) == 60 * 40_000)
        running.finish()
    }

    @Test func `a slow request delays only its own connection`() throws {
        let checkpoint = try Checkpoint()
        let running = try RunningServer(responder: { _ in
            FakeResponder { if $0 == "/store/slow" { checkpoint.pass() } }
        })
        let slow = Client(running.address)
        slow.send(get("/store/slow") + get("/loop/behind"))
        checkpoint.waitForArrival()
        let other = Client(running.address)
        other.send(get("/loop/other"))
        #expect(other.receive(until: ">").hasSuffix("</loop/other>"))
        checkpoint.open()
        let text = slow.receive(until: "</loop/behind>")
        #expect(text.contains("</store/slow>"))
        #expect(text.hasSuffix("</loop/behind>"))
        running.finish()
    }

    @Test func `a full lane refuses requests at once`() throws {
        let checkpoint = try Checkpoint()
        let running = try RunningServer(
            responder: { _ in
                FakeResponder { if $0 == "/store/slow" { checkpoint.pass() } }
            }, configure: { $0.store.queue = 1 })
        let slow = Client(running.address)
        slow.send(get("/store/slow"))
        checkpoint.waitForArrival()
        // One of these two is queued, the other refused: both are answered in the end.
        let first = Client(running.address)
        first.send(get("/store/a") + get("/store/b"))
        let second = Client(running.address)
        second.send(get("/loop/barrier"))
        #expect(second.receive(until: ">").contains(" 200 "))
        let third = Client(running.address)
        third.send(get("/store/c"))
        #expect(third.receive(until: "\r\n\r\n").contains(" 503 "))
        checkpoint.open()
        #expect(first.receive(until: "</store/b>").contains(" 200 "))
        running.finish()
    }

    @Test func `at the connection limit the longest idle connection is closed for a new one`()
        throws
    {
        let running = try RunningServer(configure: { $0.maximumConnections = 2 })
        let first = Client(running.address)
        first.send(get("/loop"))
        #expect(first.receive(until: ">").contains(" 200 "))
        let second = Client(running.address)
        second.send(get("/loop"))
        #expect(second.receive(until: ">").contains(" 200 "))
        let third = Client(running.address)
        third.send(get("/loop"))
        #expect(third.receive(until: ">").contains(" 200 "))
        #expect(first.receive(until: ">") == "(end)")
        second.send(get("/loop"))
        #expect(second.receive(until: ">").contains(" 200 "))
        running.finish()
    }

    @Test func `at the connection limit without idle connections a new one is refused`() throws {
        let checkpoint = try Checkpoint()
        let running = try RunningServer(
            responder: { _ in FakeResponder { _ in checkpoint.pass() } },
            configure: {
                $0.maximumConnections = 1
            })
        let first = Client(running.address)
        first.send(get("/store"))
        checkpoint.waitForArrival()
        let second = Client(running.address)
        let text = second.receive(until: "(end)")
        #expect(text.contains(" 503 "))
        #expect(text.contains("Connection: close"))
        checkpoint.open()
        #expect(first.receive(until: ">").contains(" 200 "))
        running.finish()
    }

    @Test func `a process that had no descriptors accepts again when it has some`() throws {
        let calls = Atomic<Int>(0)
        let running = try RunningServer(accept: { listener in
            let count = calls.add(1, ordering: .relaxed).newValue
            return count <= 4 ? .exhausted : AcceptResult.next(from: listener)
        })
        let client = Client(running.address)
        client.send(get("/loop"))
        #expect(client.receive(until: ">").contains(" 200 "))
        // No busy loop: one attempt, one with the spare descriptor, a pause, both again, a pause.
        #expect(calls.load(ordering: .relaxed) < 20)
        running.finish()
    }

    @Test func `new timeouts apply to connections that already wait`() throws {
        let running = try RunningServer()
        let client = Client(running.address)
        client.send(get("/loop"))
        #expect(client.receive(until: ">").contains(" 200 "))
        var timeouts = Timeouts()
        timeouts.idle = .zero
        running.server.update(timeouts)
        #expect(client.receive(until: ">") == "(end)")
        running.finish()
    }
}

@Suite struct DrainTests {
    @Test func `requests in progress are answered before the server stops`() throws {
        let checkpoint = try Checkpoint()
        let running = try RunningServer(responder: { _ in FakeResponder { _ in checkpoint.pass() } }
        )
        let client = Client(running.address)
        client.send(get("/store"))
        checkpoint.waitForArrival()
        let address = running.address
        let idle = Client(address)
        running.server.stop()
        #expect(idle.receive(until: ">") == "(end)")
        #expect(!Client(address).isConnected)
        checkpoint.open()
        let text = client.receive(until: ">")
        #expect(text.contains(" 200 "))
        #expect(text.contains("Connection: close"))
        #expect(client.receive(until: ">") == "(end)")
        client.endOutput()
        #expect(running.ended())
    }

    @Test func `a request on an idle connection is answered during shutdown`() throws {
        let checkpoint = try Checkpoint()
        let running = try RunningServer(responder: { _ in FakeResponder { _ in checkpoint.pass() } }
        )
        let busy = Client(running.address)
        busy.send(get("/store"))
        checkpoint.waitForArrival()
        let client = Client(running.address)
        client.send("GET /loop HTTP/1.1\r\n")
        let probe = Client(running.address)
        probe.send(get("/loop"))
        #expect(probe.receive(until: ">").contains(" 200 "))
        running.server.stop()
        #expect(probe.receive(until: ">") == "(end)")
        client.send("Host: a\r\n\r\n")
        let text = client.receive(until: ">")
        #expect(text.contains(" 200 "))
        #expect(text.contains("Connection: close"))
        checkpoint.open()
        #expect(busy.receive(until: ">").contains(" 200 "))
        #expect(running.ended())
    }

    @Test func `a second request to stop closes all connections at once`() throws {
        let checkpoint = try Checkpoint()
        let running = try RunningServer(
            responder: { _ in FakeResponder { _ in checkpoint.pass() } },
            configure: {
                $0.timeouts.drain = .seconds(1000)
            })
        let client = Client(running.address)
        client.send(get("/store"))
        checkpoint.waitForArrival()
        running.server.stop()
        running.server.stop()
        #expect(client.receive(until: ">") == "(end)")
        checkpoint.open()
        #expect(running.ended())
    }
}
