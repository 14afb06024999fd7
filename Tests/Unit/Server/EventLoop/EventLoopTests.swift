import Glibc
import HTTP
import System
import Testing

@testable import Server

@Suite struct ExpiryTests {
    private let half = "GET /loop HTTP/1.1\r\n"
    private let rest = "Host: a\r\n\r\n"

    @Test func `what was sent in time counts although the process stood still`() throws {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send(half)
        driven.turn()
        let (clock, rest) = (driven.clock, rest)
        let number = client.number
        // The loop has heard of no event, and stands still while the rest arrives.
        clock.beforeNext {
            _ = rest.withCString { Glibc.send(number, $0, rest.utf8.count, 0) }
            clock.advance(by: .seconds(1000))
        }
        driven.turn(times: 2)
        #expect(client.receive(until: ">").contains(" 200 "))
    }

    @Test func `who is late and silent is closed in the turn after`() throws {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send(half)
        driven.turn()
        driven.clock.advance(by: .seconds(1000))
        driven.turn(times: 2)
        #expect(client.receive(until: "\r\n\r\n").contains(" 408 "))
    }

    @Test func `nobody is late while there are more events than one turn tells`() throws {
        let driven = try DrivenLoops()
        driven.loop.events = Poller.Events(capacity: 4)
        let clients = (0..<20).map { _ in driven.connect() }
        for client in clients { client.send(half) }
        driven.turn(times: 10)
        for client in clients { client.send(rest) }
        driven.clock.advance(by: .seconds(1000))
        driven.turn(times: 10)
        for client in clients { #expect(client.receive(until: ">").contains(" 200 ")) }
    }

    @Test func `a loop that is always crowded still lets waits expire`() throws {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send(half)
        driven.turn()
        // The mailbox alone fills every turn.
        driven.loop.events = Poller.Events(capacity: 1)
        driven.clock.advance(by: .seconds(1000))
        driven.turn(times: 66)
        #expect(client.receive(until: "\r\n\r\n").contains(" 408 "))
    }

    @Test func `a request is answered though its client has gone, as over TCP`() throws {
        let driven = try DrivenLoops()
        do {
            let client = driven.connect()
            client.send(get("/loop"))
        }
        driven.turn(times: 3)
        #expect(driven.responder.answered == ["/loop"])
        #expect(driven.connectionLimit.count == 0)
    }
}

@Suite struct RoomTests {
    @Test func `at the bound the longest idle of all loops makes room`() throws {
        let driven = try DrivenLoops(2, maximumConnections: 2)
        let oldest = driven.connect(1)
        driven.clock.advance(by: .seconds(1))
        driven.turn(0)
        let younger = driven.connect(0)
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.turn(1)
        #expect(oldest.receive(until: ">") == "(end)")
        #expect(driven.connectionLimit.count == 2)
        driven.turn(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        younger.send(get("/loop"))
        driven.turn(0, times: 2)
        #expect(younger.receive(until: ">").contains(" 200 "))
    }

    @Test func `a loop without idle connections finds room in another`() throws {
        let driven = try DrivenLoops(2, maximumConnections: 1)
        let idle = driven.connect(1)
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.turn(1)
        #expect(idle.receive(until: ">") == "(end)")
        driven.turn(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(driven.connectionLimit.count == 1)
    }

    @Test func `nobody is turned away while a loop that is slow to make room has others wait`()
        throws
    {
        let driven = try DrivenLoops(2, maximumConnections: 2)
        let oldest = driven.connect(1)
        driven.clock.advance(by: .seconds(1))
        driven.turn(0)
        let younger = driven.connect(0)
        for _ in 0..<ConnectionLimit.overshoot {
            #expect(driven.connectionLimit.enter(beyond: ConnectionLimit.overshoot))
        }
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.turn(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(younger.receive(until: ">") == "(end)")
        #expect(oldest.arrivedBytes == 0)
        #expect(driven.connectionLimit.count == 2 + ConnectionLimit.overshoot)
        #expect(driven.connectionLimit.refusals == 0)
    }

    @Test(arguments: [
        "", "\r\n", "G", "GET /loop HTTP/1.1\r\n", post("/loop", length: 9) + "a", get("/loop"),
    ])
    func `whoever sent no whole request goes like an idle one`(sent: String) throws {
        let driven = try DrivenLoops(maximumConnections: 2)
        let oldest = driven.connect()
        oldest.send(sent)
        driven.turn(times: 2)
        driven.clock.advance(by: .seconds(1))
        let busy = driven.connect()
        busy.send(get("/store"))
        driven.turn(times: 2)
        let listener = try Listener(.tcp(.v4(0x7F00_0001), port: 0))
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        driven.turn(times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(oldest.receive(until: ">").isEmpty == false)
        #expect(oldest.receive(until: "nothing more").hasSuffix("(end)"))
        #expect(driven.connectionLimit.count == 2)
        #expect(driven.connectionLimit.refusals == 0)
    }

    @Test func `nobody is closed for room that is there again`() throws {
        let driven = try DrivenLoops(2, maximumConnections: 2)
        let idle = driven.connect(1)
        driven.mailboxes[1].post(.makeRoom)
        driven.turn(1)
        idle.send(get("/loop"))
        driven.turn(1, times: 2)
        #expect(idle.receive(until: ">").contains(" 200 "))
    }

    @Test func `the bound is exceeded by no more than the overshoot`() {
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

    @Test func `at the end everybody is taken in who waits already`() throws {
        let listener = try listener()
        let driven = try DrivenLoops(listeners: [listener])
        let clients = (0..<100).map { _ in Client(listener.address) }
        for client in clients { client.send(get("/loop")) }
        driven.mailboxes[0].post(.drain(until: .max))
        driven.turn(times: 3)
        #expect(driven.loop.listeners.isEmpty)
        try #require(driven.connectionLimit.count == clients.count)
        for client in clients { #expect(client.receive(until: ">").contains(" 200 ")) }
    }

    @Test func `without descriptors nobody idle goes while nobody waits`() throws {
        let listener = try listener()
        let calls = FakeClock()
        // Every second call is the one with the spare descriptor.
        let driven = try DrivenLoops(accept: { listener in
            calls.advance(by: .nanoseconds(1))
            return calls.now() % 2 == 1 ? .exhausted : AcceptResult.next(from: listener)
        })
        let first = driven.connect()
        let second = driven.connect()
        driven.loop.acceptBatch(from: listener)
        #expect(driven.loop.channels.count == 2)
        #expect(driven.loop.hasSpare)
        let newcomer = Client(listener.address)
        newcomer.send(get("/loop"))
        driven.loop.acceptBatch(from: listener)
        #expect(first.receive(until: ">") == "(end)")
        #expect(driven.loop.channels.count == 2)
        second.send(get("/loop"))
        driven.turn(times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
        #expect(second.receive(until: ">").contains(" 200 "))
        #expect(driven.loop.acceptsAgainAt == nil)
    }

    @Test func `without descriptors the connection goes that is idle in another loop`() throws {
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
        driven.turn(1)
        #expect(idle.receive(until: ">") == "(end)")
        driven.turn(0, times: 2)
        #expect(newcomer.receive(until: ">").contains(" 200 "))
    }

    @Test func `without descriptors and with nobody idle a newcomer is turned away`() throws {
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

    @Test func `a socket that is watched already does not keep the loop from accepting`() throws {
        let driven = try DrivenLoops(listeners: [try listener()])
        driven.loop.acceptsAgainAt = 0
        driven.loop.resumeAccepting()
        #expect(driven.loop.acceptsAgainAt == nil)
    }

    @Test func `a socket that listens no more is left alone, the others serve`() throws {
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
        driven.turn(times: 50)
        #expect(calls.now() == 1)
        let client = Client(alive.address)
        client.send(get("/loop"))
        driven.turn(times: 3)
        #expect(client.receive(until: ">").contains(" 200 "))
    }

    @Test func `a socket that fails oddly is left alone for a while`() throws {
        let driven = try DrivenLoops(listeners: [try listener()], accept: { _ in .failed })
        driven.loop.acceptBatch(from: driven.loop.listeners[0])
        #expect(driven.loop.acceptsAgainAt == Duration.milliseconds(100).nanoseconds)
        driven.clock.advance(by: .milliseconds(100))
        driven.turn()
        #expect(driven.loop.acceptsAgainAt == nil)
    }
}

extension EventLoop {
    fileprivate var hasSpare: Bool { spare != nil }
}
