import HTTP
import Testing

@testable import Server

@Suite struct ConnectionEndTests {
    @Test func `a client that half-closes its connection gets its responses`() {
        var driven = DrivenConnection()
        driven.receive(get("/store1") + get("/loop2") + "GET /incomp")
        driven.endInput()
        #expect(driven.step == .proceed)
        driven.answer()
        #expect(driven.statuses == ["200", "200"])
        #expect(driven.step == .close)
    }

    @Test(arguments: [
        "", "GET /lo", "POST /loop HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab",
    ])
    func `the end of the input within a message closes the connection without a response`(
        input: String
    ) {
        var driven = DrivenConnection()
        if !input.isEmpty { driven.receive(input) }
        driven.endInput()
        #expect(driven.step == .close)
        #expect(driven.wire.isEmpty)
    }

    @Test func `unsent output is sent before a half-closed connection closes`() {
        var driven = DrivenConnection()
        driven.window = 0
        driven.receive(get("/store"))
        driven.endInput()
        driven.answer()
        #expect(driven.step == .proceed)
        driven.window = nil
        driven.drain()
        #expect(driven.step == .close)
        #expect(driven.statuses == ["200"])
    }

    @Test func `the first bytes of unreadable input are passed to the responder`() {
        for (input, start) in [
            ("nonsense\r\n\r\n", "nonsense\r\n\r\n"),
            (
                "\u{16}\u{3}" + String(repeating: "x", count: 99),
                "\u{16}\u{3}" + String(repeating: "x", count: 30)
            ),
            ("GET /loop HTTP/1.1\r\n\r\n", "GET /loop HTTP/1.1\r\n\r\n"),
        ] {
            var driven = DrivenConnection()
            driven.receive(input)
            #expect(driven.responder.unreadable == [start])
        }
        var slow = DrivenConnection()
        slow.receive("GET /lo")
        slow.expire()
        #expect(slow.responder.unreadable == ["GET /lo"])
    }

    @Test func `unreadable input after a message is not passed on because it may be a body`() {
        var driven = DrivenConnection()
        driven.receive(get("/loop") + #""password":"hunter2"}"# + "\r\n\r\n")
        #expect(driven.responder.unreadable == [""])
        var late = DrivenConnection()
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
    func `a refusal is the last response and drops the input after it`(
        input: String, status: String
    ) {
        var driven = DrivenConnection()
        driven.receive(input + get("/loop"))
        #expect(driven.statuses == [status])
        #expect(driven.wire.contains("Connection: close\r\n"))
        #expect(driven.responder.answered.isEmpty)
        #expect(driven.step == .endOutput)
        #expect(driven.connection.wait == .linger)
        driven.receive(String(repeating: "x", count: Connection.drainLimit))
        #expect(driven.step == .proceed)
        driven.receive("x")
        #expect(driven.step == .close)
        #expect(driven.statuses == [status])
    }

    @Test func `a drained connection closes with its client`() {
        var driven = DrivenConnection()
        driven.receive("nonsense\r\n\r\n")
        #expect(driven.step == .endOutput)
        driven.endInput()
        #expect(driven.step == .close)
    }

    @Test func `100 Continue is sent once to a client that waits for it`() {
        var driven = DrivenConnection()
        driven.receive(post("/loop", length: 3, "Expect: 100-continue\r\n"))
        #expect(driven.wire == "HTTP/1.1 100 Continue\r\n\r\n")
        driven.receive("abc")
        #expect(driven.statuses == ["100", "200"])
    }

    @Test func `100 Continue is not sent to a client that already sends its body`() {
        var driven = DrivenConnection()
        driven.receive(post("/loop", length: 3, "Expect: 100-continue\r\n") + "a")
        #expect(driven.wire.isEmpty)
        driven.receive("bc")
        #expect(driven.statuses == ["200"])
    }

    @Test(arguments: [
        ("/screened", 3, "404"), ("/loop", 65_537, "413"), ("/screened", 65_537, "404"),
    ])
    func `an unacceptable body is refused instead of sending 100 Continue`(
        path: String, length: Int, status: String
    ) {
        var driven = DrivenConnection()
        driven.receive(post(path, length: length, "Expect: 100-continue\r\n"))
        #expect(driven.statuses == [status])
        #expect(driven.wire.contains("Connection: close"))
        #expect(driven.step == .endOutput)
    }

    @Test func `a body of exactly the limit is accepted`() {
        var driven = DrivenConnection()
        driven.receive(post("/loop", length: 65_536))
        driven.receive(String(repeating: "x", count: 65_536))
        #expect(driven.responder.last?.body.count == 65_536)
        #expect(driven.statuses == ["200"])
    }
}
