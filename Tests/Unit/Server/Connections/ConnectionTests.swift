import HTTP
import Testing

@testable import Server

@Suite struct ConnectionTests {
    @Test func `sixteen pipelined requests are answered in order in one output`() {
        var driven = DrivenConnection()
        driven.receive((0..<16).map { get("/loop\($0)") }.joined())
        #expect(driven.sent.count == 1)
        #expect(driven.responder.answered == (0..<16).map { "/loop\($0)" })
        let bodies = driven.wire.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
        #expect(bodies == (0..<16).map { "/loop\($0)" })
        #expect(driven.step == .proceed)
        #expect(driven.connection.wait == .idle)
    }

    @Test func `a request cut at every byte is answered like a whole one`() {
        let wire = post("/loop", length: 5) + "hello" + get("/loop/next")
        for cut in 1..<wire.utf8.count {
            var driven = DrivenConnection()
            driven.receive(String(wire.prefix(cut)))
            driven.receive(String(wire.dropFirst(cut)))
            #expect(driven.responder.answered == ["/loop", "/loop/next"], "cut at \(cut)")
        }
        var driven = DrivenConnection()
        for character in wire.unicodeScalars { driven.receive(String(character)) }
        #expect(driven.responder.answered == ["/loop", "/loop/next"])
    }

    @Test func `a request has its peer, its arrival time and its body`() {
        var driven = DrivenConnection()
        driven.now = 77
        driven.receive(post("/loop", length: 3) + "abc")
        #expect(driven.responder.last?.peer == .address(.v4(0x0102_0304), port: 5))
        #expect(driven.responder.last?.arrival == 77)
        #expect(driven.responder.last?.body == Array("abc".utf8))
    }

    @Test func `a request on a lane delays the requests after it`() {
        var driven = DrivenConnection()
        driven.receive(get("/loop1") + get("/store2") + get("/loop3"))
        #expect(driven.responder.answered == ["/loop1"])
        #expect(driven.forward?.lane == .store)
        #expect(!driven.connection.wantsInput)
        #expect(driven.connection.wait == nil)
        driven.answer()
        #expect(driven.responder.answered == ["/loop1", "/loop3"])
        #expect(driven.statuses == ["200", "200", "200"])
        let order = driven.wire.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
        #expect(order == ["/loop1", "/store2", "/loop3"])
        #expect(driven.connection.wantsInput)
    }

    @Test func `a response without a request is dropped`() {
        var driven = DrivenConnection()
        driven.receive(get("/store"))
        driven.answer()
        let context = Connection.StepContext(responder: driven.responder, date: [], now: 0)
        var output: [UInt8] = []
        let forward = driven.connection.answer(
            Response(status: .ok), in: context, output: &output)
        #expect(forward == nil)
        #expect(output.isEmpty)
    }

    @Test(arguments: ["/loop/dropped", "/store/dropped"])
    func `a dropped response closes the connection and is not sent`(path: String) {
        var driven = DrivenConnection()
        driven.receive(get(path) + get("/loop/next"))
        driven.answer()
        #expect(driven.step == .close)
        #expect(driven.wire.isEmpty)
        #expect(!driven.responder.answered.contains("/loop/next"))
    }

    @Test func `parsing pauses while much output is unsent and continues afterwards`() {
        var driven = DrivenConnection()
        driven.window = 0
        driven.receive((0..<5).map { get("/loop\($0)large") }.joined())
        #expect(driven.responder.answered.count == 2)
        #expect(driven.connection.wait == .write)
        #expect(!driven.connection.wantsInput)
        driven.window = nil
        driven.drain()
        driven.drain()
        #expect(driven.responder.answered.count == 5)
        #expect(driven.statuses.count == 5)
        #expect(driven.connection.wait == .idle)
    }

    @Test func `output that the socket did not accept is kept and sent in order`() {
        var driven = DrivenConnection()
        driven.window = 10
        driven.receive(get("/store"))
        driven.answer()
        #expect(driven.wire == "HTTP/1.1 2")
        #expect(driven.connection.hasUnsent)
        driven.drain()
        #expect(driven.wire.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(driven.wire.hasSuffix("</store>"))
        #expect(!driven.connection.hasUnsent)
    }

    @Test func `the response to HEAD has no content`() {
        var driven = DrivenConnection()
        driven.receive("HEAD /loop HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(driven.wire.contains("Content-Length: 7\r\n"))
        #expect(driven.wire.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: [
        ("GET /loop HTTP/1.0\r\n\r\n", false),
        ("GET /loop HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true),
        ("GET /loop HTTP/1.1\r\nHost: a\r\n\r\n", true),
        ("GET /loop HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false),
    ])
    func `a connection persists when both sides want that`(request: String, persists: Bool) {
        var driven = DrivenConnection()
        driven.receive(request + get("/loop2"))
        #expect(driven.step == (persists ? .proceed : .endOutput))
        #expect(driven.responder.answered.count == (persists ? 2 : 1))
        #expect(driven.wire.contains("Connection: close") == !persists)
    }

    @Test func `during shutdown every response is the last of its connection`() {
        var driven = DrivenConnection()
        driven.receive(get("/store"))
        driven.isDraining = true
        driven.answer()
        #expect(driven.wire.contains("Connection: close"))
        #expect(driven.step == .endOutput)
    }
}
