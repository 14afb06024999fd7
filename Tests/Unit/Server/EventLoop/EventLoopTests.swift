import Glibc
import HTTP
import System
import Testing

@testable import Server

@Suite struct ExpiryTests {
    private let half = "GET /loop HTTP/1.1\r\n"
    private let rest = "Host: a\r\n\r\n"

    @Test func `input that arrived in time counts even when the process was suspended`() throws {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send(half)
        driven.run()
        let (clock, rest) = (driven.clock, rest)
        let number = client.number
        // The loop has seen no event and is suspended while the rest arrives.
        clock.beforeNext {
            _ = rest.withCString { Glibc.send(number, $0, rest.utf8.count, 0) }
            clock.advance(by: .seconds(1000))
        }
        driven.run(times: 2)
        #expect(client.receive(until: ">").contains(" 200 "))
    }

    @Test func `a connection that is late and silent times out in the next iteration`() throws {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send(half)
        driven.run()
        driven.clock.advance(by: .seconds(1000))
        driven.run(times: 2)
        #expect(client.receive(until: "\r\n\r\n").contains(" 408 "))
    }

    @Test func `no connection times out while the event list is full`() throws {
        let driven = try DrivenLoops()
        driven.loop.events = Poller.Events(capacity: 4)
        let clients = (0..<20).map { _ in driven.connect() }
        for client in clients { client.send(half) }
        driven.run(times: 10)
        for client in clients { client.send(rest) }
        driven.clock.advance(by: .seconds(1000))
        driven.run(times: 10)
        for client in clients { #expect(client.receive(until: ">").contains(" 200 ")) }
    }

    @Test func `a loop with a permanently full event list still expires timeouts`() throws {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send(half)
        driven.run()
        // The queue alone fills every event list.
        driven.loop.events = Poller.Events(capacity: 1)
        driven.clock.advance(by: .seconds(1000))
        driven.run(times: 66)
        #expect(client.receive(until: "\r\n\r\n").contains(" 408 "))
    }

    @Test func `a request is answered although its client has closed, as over TCP`() throws {
        let driven = try DrivenLoops()
        do {
            let client = driven.connect()
            client.send(get("/loop"))
        }
        driven.run(times: 3)
        #expect(driven.responder.answered == ["/loop"])
        #expect(driven.connectionLimit.count == 0)
    }
}

@Suite struct ConnectionLimitTests {
    @Test func `at the limit the longest idle connection of all loops is closed`() throws {
        let driven = try DrivenLoops(2, maximumConnections: 2)
        let oldest = driven.connect(1)
        driven.clock.advance(by: .seconds(1))
        driven.run(0)
        let younger = driven.connect(0)
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.run(1)
        #expect(oldest.receive(until: ">") == "(end)")
        #expect(driven.connectionLimit.count == 2)
        driven.run(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        younger.send(get("/loop"))
        driven.run(0, times: 2)
        #expect(younger.receive(until: ">").contains(" 200 "))
    }

    @Test func `at the limit a loop without idle connections closes one of another loop`() throws {
        let driven = try DrivenLoops(2, maximumConnections: 1)
        let idle = driven.connect(1)
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.run(1)
        #expect(idle.receive(until: ">") == "(end)")
        driven.run(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(driven.connectionLimit.count == 1)
    }

    @Test func `no connection is refused while a slow loop has others to close`()
        throws
    {
        let driven = try DrivenLoops(2, maximumConnections: 2)
        let oldest = driven.connect(1)
        driven.clock.advance(by: .seconds(1))
        driven.run(0)
        let younger = driven.connect(0)
        for _ in 0..<ConnectionLimit.overshoot {
            #expect(driven.connectionLimit.enter(beyond: ConnectionLimit.overshoot))
        }
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.run(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(younger.receive(until: ">") == "(end)")
        #expect(oldest.arrivedBytes == 0)
        #expect(driven.connectionLimit.count == 2 + ConnectionLimit.overshoot)
        #expect(driven.connectionLimit.refusals == 0)
    }

    @Test(arguments: [
        "", "\r\n", "G", "GET /loop HTTP/1.1\r\n", post("/loop", length: 9) + "a", get("/loop"),
    ])
    func `a connection without a complete request is closed like an idle one`(sent: String) throws {
        let driven = try DrivenLoops(maximumConnections: 2)
        let oldest = driven.connect()
        oldest.send(sent)
        driven.run(times: 2)
        driven.clock.advance(by: .seconds(1))
        let busy = driven.connect()
        busy.send(get("/store"))
        driven.run(times: 2)
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.run(times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(oldest.receive(until: ">").isEmpty == false)
        #expect(oldest.receive(until: "nothing more").hasSuffix("(end)"))
        #expect(driven.connectionLimit.count == 2)
        #expect(driven.connectionLimit.refusals == 0)
    }

    @Test func `no connection is closed when the limit is no longer reached`() throws {
        let driven = try DrivenLoops(2, maximumConnections: 2)
        let idle = driven.connect(1)
        driven.loopQueues[1].post(.freeConnection)
        driven.run(1)
        idle.send(get("/loop"))
        driven.run(1, times: 2)
        #expect(idle.receive(until: ">").contains(" 200 "))
    }

    @Test func `the connection limit is exceeded by at most the overshoot`() {
        let connectionLimit = ConnectionLimit(maximum: 1)
        #expect(connectionLimit.enter())
        #expect(!connectionLimit.enter())
        for _ in 0..<ConnectionLimit.overshoot {
            #expect(connectionLimit.enter(beyond: ConnectionLimit.overshoot))
        }
        #expect(!connectionLimit.enter(beyond: ConnectionLimit.overshoot))
        #expect(connectionLimit.count == 1 + ConnectionLimit.overshoot)
    }
}

@Suite struct AcceptingTests {
    private func listener() throws -> Listener {
        try Listener(.tcp(.v4(0x7F00_0001), port: 0))
    }

    @Test func `connections that wait when the shutdown begins are accepted`() throws {
        let listener = try listener()
        let driven = try DrivenLoops(listeners: [listener])
        let clients = (0..<100).map { _ in Client(listener.address) }
        for client in clients { client.send(get("/loop")) }
        driven.loopQueues[0].post(.drain(until: .max))
        driven.run(times: 3)
        #expect(driven.loop.listeners.isEmpty)
        try #require(driven.connectionLimit.count == clients.count)
        for client in clients { #expect(client.receive(until: ">").contains(" 200 ")) }
    }

    @Test func `without descriptors no idle connection is closed unless a new one waits`() throws {
        let listener = try listener()
        let calls = FakeClock()
        // Every second call uses the spare descriptor.
        let driven = try DrivenLoops(accept: { listener in
            calls.advance(by: .nanoseconds(1))
            return calls.now() % 2 == 1 ? .exhausted : AcceptResult.next(from: listener)
        })
        let first = driven.connect()
        let second = driven.connect()
        driven.loop.acceptBatch(from: listener)
        #expect(driven.loop.clients.count == 2)
        #expect(driven.loop.hasSpare)
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        #expect(first.receive(until: ">") == "(end)")
        #expect(driven.loop.clients.count == 2)
        second.send(get("/loop"))
        driven.run(times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(second.receive(until: ">").contains(" 200 "))
        #expect(driven.loop.acceptsAgainAt == nil)
    }

    @Test func `without descriptors an idle connection of another loop is closed`() throws {
        let listener = try listener()
        let calls = FakeClock()
        let driven = try DrivenLoops(
            2,
            accept: { listener in
                calls.advance(by: .nanoseconds(1))
                return calls.now() % 2 == 1 ? .exhausted : AcceptResult.next(from: listener)
            })
        let idle = driven.connect(1)
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener, atMost: 1)
        driven.run(1)
        #expect(idle.receive(until: ">") == "(end)")
        driven.run(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
    }

    @Test func `without descriptors and idle connections a new one is closed`() throws {
        let listener = try listener()
        let calls = FakeClock()
        let driven = try DrivenLoops(accept: { listener in
            calls.advance(by: .nanoseconds(1))
            return calls.now() % 2 == 1 ? .exhausted : AcceptResult.next(from: listener)
        })
        let newcomer = Client(listener.address)
        driven.loop.acceptBatch(from: listener)
        #expect(newcomer.receive(until: ">") == "(end)")
        #expect(driven.connectionLimit.count == 0)
        #expect(driven.loop.hasSpare)
    }

    @Test func `a socket that is watched already does not stop the loop from accepting`() throws {
        let driven = try DrivenLoops(listeners: [try listener()])
        driven.loop.acceptsAgainAt = 0
        driven.loop.resumeAccepting()
        #expect(driven.loop.acceptsAgainAt == nil)
    }

    @Test func `a socket that stopped listening is ignored and the others are served`() throws {
        let dead = try listener()
        let alive = try listener()
        let calls = FakeClock()
        let driven = try DrivenLoops(
            listeners: [dead, alive],
            accept: { listener in
                calls.advance(by: .nanoseconds(1))
                return AcceptResult.next(from: listener)
            })
        shutdown(dead.descriptor.number, Int32(SHUT_RD))
        driven.run(times: 50)
        #expect(calls.now() == 1)
        let client = Client(alive.address)
        client.send(get("/loop"))
        driven.run(times: 3)
        #expect(client.receive(until: ">").contains(" 200 "))
    }

    @Test func `a socket with an unexpected error is ignored for a while`() throws {
        let driven = try DrivenLoops(listeners: [try listener()], accept: { _ in .failed })
        driven.loop.acceptBatch(from: driven.loop.listeners[0])
        #expect(driven.loop.acceptsAgainAt == Duration.milliseconds(100).nanoseconds)
        driven.clock.advance(by: .milliseconds(100))
        driven.run()
        #expect(driven.loop.acceptsAgainAt == nil)
    }
}

extension EventLoop {
    fileprivate var hasSpare: Bool { spare != nil }
}
