import HTTP
import Testing

@testable import Server

@Suite struct ConnectionEndTests {
    @Test func `a client that ends its output gets what it asked for`() {
        var exchange = Exchange()
        exchange.receive(get("/store1") + get("/loop2") + "GET /incomp")
        exchange.endInput()
        #expect(exchange.step == .proceed)
        exchange.answer()
        #expect(exchange.statuses == ["200", "200"])
        #expect(exchange.step == .close)
    }

    @Test(arguments: [
        "", "GET /lo", "POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab",
    ])
    func `the end of the input within a message closes silently`(input: String) {
        var exchange = Exchange()
        if !input.isEmpty { exchange.receive(input) }
        exchange.endInput()
        #expect(exchange.step == .close)
        #expect(exchange.wire.isEmpty)
    }

    @Test func `unsent output is sent before a half-closed connection closes`() {
        var exchange = Exchange()
        exchange.window = 0
        exchange.receive(get("/store"))
        exchange.endInput()
        exchange.answer()
        #expect(exchange.step == .proceed)
        exchange.window = nil
        exchange.drain()
        #expect(exchange.step == .close)
        #expect(exchange.statuses == ["200"])
    }

    @Test func `what is no request is handed on with its first bytes`() {
        for (input, start) in [
            ("nonsense\r\n\r\n", "nonsense\r\n\r\n"),
            (
                "\u{16}\u{3}" + String(repeating: "x", count: 99),
                "\u{16}\u{3}" + String(repeating: "x", count: 30)
            ),
            ("GET /loop HTTP/1.1\r\n\r\n", "GET /loop HTTP/1.1\r\n\r\n"),
        ] {
            var exchange = Exchange()
            exchange.receive(input)
            #expect(exchange.responder.unreadable == [start])
        }
        var slow = Exchange()
        slow.receive("GET /lo")
        slow.expire()
        #expect(slow.responder.unreadable == ["GET /lo"])
    }

    @Test func `what follows a message may be a body and is not handed on`() {
        var exchange = Exchange()
        exchange.receive(get("/loop") + #""password":"hunter2"}"# + "\r\n\r\n")
        #expect(exchange.responder.unreadable == [""])
        var late = Exchange()
        late.receive(post("/loop", length: 2) + "{}")
        late.receive(#"{"password":"hunter2"}"# + "\r\n\r\n")
        #expect(late.responder.unreadable == [""])
    }

    @Test(arguments: [
        ("GET /loop HTTP/1.1\r\n\r\n", "400"),
        (post("/loop", length: 65_537), "413"),
        (post("/screened", length: 65_537), "404"),
        ("POST /loop HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "400"),
        ("POST /loop HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n", "413"),
        (
            "POST /screened HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n",
            "404"
        ),
    ])
    func `a refusal is the last answer and drops what follows`(input: String, status: String) {
        var exchange = Exchange()
        exchange.receive(input + get("/loop"))
        #expect(exchange.statuses == [status])
        #expect(exchange.wire.contains("Connection: close\r\n"))
        #expect(exchange.responder.answered.isEmpty)
        #expect(exchange.step == .endOutput)
        #expect(exchange.connection.wait == .linger)
        exchange.receive(String(repeating: "x", count: Connection.drainLimit))
        #expect(exchange.step == .proceed)
        exchange.receive("x")
        #expect(exchange.step == .close)
        #expect(exchange.statuses == [status])
    }

    @Test func `a drained connection closes with its client`() {
        var exchange = Exchange()
        exchange.receive("nonsense\r\n\r\n")
        #expect(exchange.step == .endOutput)
        exchange.endInput()
        #expect(exchange.step == .close)
    }

    @Test func `100 Continue is sent to a client that waits for it, once`() {
        var exchange = Exchange()
        exchange.receive(post("/loop", length: 3, "Expect: 100-continue\r\n"))
        #expect(exchange.wire == "HTTP/1.1 100 Continue\r\n\r\n")
        exchange.receive("abc")
        #expect(exchange.statuses == ["100", "200"])
    }

    @Test func `100 Continue is not sent to a client that sends its body already`() {
        var exchange = Exchange()
        exchange.receive(post("/loop", length: 3, "Expect: 100-continue\r\n") + "a")
        #expect(exchange.wire.isEmpty)
        exchange.receive("bc")
        #expect(exchange.statuses == ["200"])
    }

    @Test(arguments: [
        ("/screened", 3, "404"), ("/loop", 65_537, "413"), ("/screened", 65_537, "404"),
    ])
    func `a body that is not wanted is refused instead of 100 Continue`(
        path: String, length: Int, status: String
    ) {
        var exchange = Exchange()
        exchange.receive(post(path, length: length, "Expect: 100-continue\r\n"))
        #expect(exchange.statuses == [status])
        #expect(exchange.wire.contains("Connection: close"))
        #expect(exchange.step == .endOutput)
    }

    @Test func `a body of exactly the limit is taken`() {
        var exchange = Exchange()
        exchange.receive(post("/loop", length: 65_536))
        exchange.receive(String(repeating: "x", count: 65_536))
        #expect(exchange.responder.last?.body.count == 65_536)
        #expect(exchange.statuses == ["200"])
    }
}
