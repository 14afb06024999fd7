import HTTP
import Testing

@testable import Server

@Suite struct StepTests {
    private func token(_ driven: DrivenLoops) throws -> Token {
        try #require(driven.loop.clients.tokens.first)
    }

    @Test func `a connection that times out is counted once`() throws {
        let driven = try DrivenLoops()
        let clients = (0..<3).map { _ in driven.connect() }
        clients[0].send("GET ")
        driven.run()
        for _ in 0..<3 {
            driven.clock.advance(by: .seconds(1000))
            driven.run(times: 2)
        }
        for client in clients { #expect(client.receive(until: ">").hasSuffix("(end)")) }
        #expect(driven.connectionLimit.count == 0)
    }

    @Test func `a client that timed out may still send while the response is in transit`() throws {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send("POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
        driven.run()
        driven.clock.advance(by: .seconds(1000))
        driven.run(times: 2)
        #expect(client.receive(until: "\r\n\r\n").contains(" 408 "))
        client.send("too late")
        driven.run(times: 2)
        #expect(driven.connectionLimit.count == 1)
        driven.clock.advance(by: .seconds(1000))
        driven.run(times: 2)
        #expect(driven.connectionLimit.count == 0)
    }

    @Test(arguments: [false, true])
    func `a response and the end of its connection in one iteration close it once`(
        endsFirst: Bool
    ) throws {
        let driven = try DrivenLoops()
        var client: Client? = driven.connect()
        client?.send("GET /store HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        driven.run(times: 2)
        let answer = LoopMessage.response(FakeResponder.answer("/store"), try token(driven))
        if endsFirst { client = nil }
        driven.loopQueues[0].post(answer)
        client = nil
        driven.run(times: 3)
        #expect(driven.connectionLimit.count == 0)
        #expect(driven.loop.clients.count == 0)
    }

    @Test func `every client gets its own responses, however many send in one iteration`() throws {
        let driven = try DrivenLoops()
        let clients = (0..<100).map { _ in driven.connect() }
        for (index, client) in clients.enumerated() {
            for part in 0...index % 4 { client.send(get("/loop/\(index)/\(part)")) }
        }
        driven.run(times: 3)
        for (index, client) in clients.enumerated() {
            let wanted = (0...index % 4).map { "</loop/\(index)/\($0)>" }
            let text = client.receive(until: wanted[wanted.count - 1])
            let answers = text.split(separator: "\r\n").filter { $0.hasPrefix("<") }
            #expect(answers.map { $0.prefix { $0 != ">" } + ">" } == wanted.map { $0[...] })
        }
    }

    @Test func `a step stops at its output limit even when it only refuses`()
        throws
    {
        let driven = try DrivenLoops()
        let client = driven.connect()
        client.send(get("/loop"))
        driven.run()
        _ = client.receive(until: ">")
        let filler = Job(
            forwarded: ForwardedRequest(
                try #require(driven.responder.last), lane: .hashing, wipesBody: false),
            token: Token(slot: 9, generation: 9), loopQueue: driven.loopQueues[0], deadline: .max)
        while (try? driven.lanes.hashing.submit(filler)) != nil {}
        let request = "GET /hashing HTTP/1.1\r\nHost: a\r\n\r\n"
        client.send(String(repeating: request, count: 65_536 / request.utf8.count))
        driven.run()
        // A connection with more work gets a second step in one iteration.
        #expect(client.arrivedBytes < 2 * (Connection.outputLimit + 200))
    }
}
