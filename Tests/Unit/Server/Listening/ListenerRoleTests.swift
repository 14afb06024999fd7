import HTTP
import System
import Testing

@testable import Server

@Suite struct ListenerRoleTests {
    private func listener(for listener: ListenerRole) throws -> Listener {
        try Listener(.tcp(.v4(0x7F00_0001), port: 0), for: listener)
    }

    @Test func `a request has the role of its listener`() throws {
        let listeners = try [listener(for: .public), listener(for: .admin)]
        let driven = try DrivenLoops(listeners: listeners)
        for listener in listeners {
            let client = Client(listener.address)
            client.send(get("/loop"))
            driven.run(times: 3)
            #expect(client.receive(until: ">").contains(" 200 "))
            #expect(driven.responder.last?.listener == listener.role)
        }
    }

    @Test func `a server reports the addresses of both listeners`() throws {
        let running = try RunningServer(configure: { $0.admin = $0.listen })
        #expect(running.server.boundAddresses.count == 1)
        #expect(running.server.adminAddresses.count == 1)
        #expect(running.server.boundAddresses != running.server.adminAddresses)
        let client = Client(running.server.adminAddresses.first)
        client.send(get("/store"))
        #expect(client.receive(until: ">").contains(" 200 "))
        running.finish()
    }

    @Test func `an admin address in use is an error that names it`() throws {
        let taken = try listener(for: .public)
        var configuration = ServerConfiguration(listen: [])
        configuration.admin = [taken.address]
        #expect(
            throws: ServerError.addressUnavailable(
                address: taken.address.description, listener: .admin,
                reason: "Address already in use")
        ) {
            _ = try Server(configuration)
        }
    }

    @Test func `at the connection limit the admin listener accepts and closes no other connection`()
        throws
    {
        let driven = try DrivenLoops(maximumConnections: 1)
        let idle = driven.connect()
        let admin = try listener(for: .admin)
        let watcher = Client(admin.address)
        watcher.send(get("/loop"))
        driven.loop.acceptBatch(from: admin)
        driven.run(times: 2)
        #expect(watcher.receive(until: ">").contains(" 200 "))
        idle.send(get("/loop"))
        driven.run(times: 2)
        #expect(idle.receive(until: ">").contains(" 200 "))
    }

    @Test
    func `when all connections are busy the admin listener accepts and the public one does not`()
        throws
    {
        let driven = try DrivenLoops(maximumConnections: 1)
        let busy = driven.connect()
        busy.send(get("/store"))
        driven.run(times: 2)
        let (open, admin) = try (listener(for: .public), listener(for: .admin))
        let (client, watcher) = (Client(open.address), Client(admin.address))
        client.send(get("/loop"))
        watcher.send(get("/loop"))
        driven.loop.acceptBatch(from: open)
        driven.loop.acceptBatch(from: admin)
        driven.run(times: 2)
        #expect(client.receive(until: "\r\n\r\n").contains(" 503 "))
        #expect(watcher.receive(until: ">").contains(" 200 "))
        #expect(driven.connectionLimit.refusals == 1)
    }

    @Test func `the admin listener has a connection limit`() throws {
        let driven = try DrivenLoops(maximumConnections: 1)
        for _ in 0...ConnectionLimit.overshoot {
            #expect(driven.connectionLimit.enter(beyond: ConnectionLimit.overshoot))
        }
        let admin = try listener(for: .admin)
        let watchers = (0...ConnectionLimit.reserve).map { _ in Client(admin.address) }
        driven.loop.acceptBatch(from: admin, atMost: watchers.count)
        #expect(driven.loop.clients.count == ConnectionLimit.reserve)
        #expect(driven.connectionLimit.refusals == 1)
    }

    @Test func `open, accepted and refused connections are counted`() throws {
        let connectionLimit = ConnectionLimit(maximum: 2)
        #expect(connectionLimit.enter() && connectionLimit.enter() && !connectionLimit.enter())
        connectionLimit.leave()
        #expect(connectionLimit.enter())
        connectionLimit.countRefusal()
        #expect(connectionLimit.count == 2)
        #expect(connectionLimit.accepted == 3)
        #expect(connectionLimit.refusals == 1)
    }
}

@Suite struct OverloadTests {
    private func pool(queue: Int = 4) throws -> WorkerPool {
        try WorkerPool(lane: .hashing, .init(threads: 1, queue: queue, wait: .seconds(10)))
    }

    private func submit(to pool: WorkerPool, deadline: Duration) throws {
        var parser = HeadParser()
        let request = try #require(try parser.parse(Array(get("/").utf8).span)).request
        let token = Token(slot: 0, generation: 1)
        try pool.submit(
            Job(
                forwarded: ForwardedRequest(request, lane: .hashing, wipesBody: false),
                token: token, loopQueue: try LoopQueue(),
                deadline: deadline.nanoseconds))
    }

    @Test func `a lane whose oldest request has waited for half its time is overloaded`() throws {
        let pool = try pool()
        #expect(!pool.isOverloaded(at: .max / 2))
        try submit(to: pool, deadline: .seconds(10))
        try submit(to: pool, deadline: .seconds(100))
        #expect(pool.queued == 2)
        #expect(!pool.isOverloaded(at: Duration.seconds(5).nanoseconds))
        #expect(pool.isOverloaded(at: Duration.seconds(5).nanoseconds + 1))
        _ = pool.next()
        #expect(!pool.isOverloaded(at: Duration.seconds(5).nanoseconds + 1))
    }

    @Test func `a lane with a full queue is overloaded`() throws {
        let pool = try pool(queue: 2)
        try submit(to: pool, deadline: .seconds(10))
        #expect(!pool.isOverloaded(at: 0))
        try submit(to: pool, deadline: .seconds(10))
        #expect(pool.isOverloaded(at: 0))
    }
}
