import HTTP
import Testing

@testable import Server

@Suite struct ConnectionTests {
    @Test func `sixteen requests in one input are answered in order in one output`() {
        var exchange = Exchange()
        exchange.receive((0..<16).map { get("/loop\($0)") }.joined())
        #expect(exchange.sent.count == 1)
        #expect(exchange.responder.answered == (0..<16).map { "/loop\($0)" })
        let bodies = exchange.wire.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
        #expect(bodies == (0..<16).map { "/loop\($0)" })
        #expect(exchange.step == .proceed)
        #expect(exchange.connection.wait == .idle)
    }

    @Test func `a request cut at every byte is answered as a whole one`() {
        let wire = post("/loop", length: 5) + "hello" + get("/loop/next")
        for cut in 1..<wire.utf8.count {
            var exchange = Exchange()
            exchange.receive(String(wire.prefix(cut)))
            exchange.receive(String(wire.dropFirst(cut)))
            #expect(exchange.responder.answered == ["/loop", "/loop/next"], "cut at \(cut)")
        }
        var exchange = Exchange()
        for character in wire.unicodeScalars { exchange.receive(String(character)) }
        #expect(exchange.responder.answered == ["/loop", "/loop/next"])
    }

    @Test func `a request knows its peer, its arrival and its body`() {
        var exchange = Exchange()
        exchange.now = 77
        exchange.receive(post("/loop", length: 3) + "abc")
        #expect(exchange.responder.last?.peer == .address(.v4(0x0102_0304), port: 5))
        #expect(exchange.responder.last?.arrival == 77)
        #expect(exchange.responder.last?.body == Array("abc".utf8))
    }

    @Test func `a request on a lane holds back those behind it`() {
        var exchange = Exchange()
        exchange.receive(get("/loop1") + get("/store2") + get("/loop3"))
        #expect(exchange.responder.answered == ["/loop1"])
        #expect(exchange.forward?.lane == .store)
        #expect(!exchange.connection.wantsInput)
        #expect(exchange.connection.wait == nil)
        exchange.answer()
        #expect(exchange.responder.answered == ["/loop1", "/loop3"])
        #expect(exchange.statuses == ["200", "200", "200"])
        let order = exchange.wire.split(separator: "<").dropFirst().map { $0.prefix { $0 != ">" } }
        #expect(order == ["/loop1", "/store2", "/loop3"])
        #expect(exchange.connection.wantsInput)
    }

    @Test func `an answer to nothing is dropped`() {
        var exchange = Exchange()
        exchange.receive(get("/store"))
        exchange.answer()
        let turn = Connection.Turn(responder: exchange.responder, date: [], now: 0)
        var output: [UInt8] = []
        let forward = exchange.connection.answer(
            Response(status: .ok), in: turn, output: &output)
        #expect(forward == nil)
        #expect(output.isEmpty)
    }

    @Test func `parsing stops while much output is unsent and goes on afterwards`() {
        var exchange = Exchange()
        exchange.window = 0
        exchange.receive((0..<5).map { get("/loop\($0)large") }.joined())
        #expect(exchange.responder.answered.count == 2)
        #expect(exchange.connection.wait == .write)
        #expect(!exchange.connection.wantsInput)
        exchange.window = nil
        exchange.drain()
        exchange.drain()
        #expect(exchange.responder.answered.count == 5)
        #expect(exchange.statuses.count == 5)
        #expect(exchange.connection.wait == .idle)
    }

    @Test func `output that the socket did not take is kept and sent in order`() {
        var exchange = Exchange()
        exchange.window = 10
        exchange.receive(get("/store"))
        exchange.answer()
        #expect(exchange.wire == "HTTP/1.1 2")
        #expect(exchange.connection.hasUnsent)
        exchange.drain()
        #expect(exchange.wire.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(exchange.wire.hasSuffix("</store>"))
        #expect(!exchange.connection.hasUnsent)
    }

    @Test func `the answer to HEAD has no content`() {
        var exchange = Exchange()
        exchange.receive("HEAD /loop HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(exchange.wire.contains("Content-Length: 7\r\n"))
        #expect(exchange.wire.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: [
        ("GET /loop HTTP/1.0\r\n\r\n", false),
        ("GET /loop HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true),
        ("GET /loop HTTP/1.1\r\nHost: a\r\n\r\n", true),
        ("GET /loop HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false),
    ])
    func `a connection goes on when both sides want that`(request: String, goesOn: Bool) {
        var exchange = Exchange()
        exchange.receive(request + get("/loop2"))
        #expect(exchange.step == (goesOn ? .proceed : .endOutput))
        #expect(exchange.responder.answered.count == (goesOn ? 2 : 1))
        #expect(exchange.wire.contains("Connection: close") == !goesOn)
    }

    @Test func `while the server ends every answer is the last`() {
        var exchange = Exchange()
        exchange.receive(get("/store"))
        exchange.isDraining = true
        exchange.answer()
        #expect(exchange.wire.contains("Connection: close"))
        #expect(exchange.step == .endOutput)
    }
}
