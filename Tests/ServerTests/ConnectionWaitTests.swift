import HTTP
import Testing

@testable import Server

@Suite struct ConnectionWaitTests {
    @Test func `a head is timed from its first byte, however slowly it arrives`() {
        var exchange = Exchange()
        exchange.now = 10
        exchange.receive("GET /lo")
        exchange.now = 20
        exchange.receive("op HTTP/1.1\r\n")
        #expect(exchange.connection.wait == .head)
        #expect(exchange.connection.waitingSince == 10)
        exchange.now = 30
        exchange.receive("Host: a\r\n\r\n")
        #expect(exchange.connection.wait == .idle)
        #expect(exchange.connection.waitingSince == 30)
    }

    @Test func `a second incomplete head is timed anew`() {
        var exchange = Exchange()
        exchange.now = 10
        exchange.receive("GET /loop HTTP/1.1\r\n")
        exchange.now = 20
        exchange.receive("Host: a\r\n\r\nGET /lo")
        #expect(exchange.connection.wait == .head)
        #expect(exchange.connection.waitingSince == 20)
    }

    @Test func `a body is timed from the end of its head`() {
        var exchange = Exchange()
        exchange.now = 10
        exchange.receive(post("/loop", length: 3))
        exchange.now = 20
        exchange.receive("a")
        #expect(exchange.connection.wait == .body)
        #expect(exchange.connection.waitingSince == 10)
    }

    @Test func `an idle connection is timed from its last answer`() {
        var exchange = Exchange()
        exchange.now = 10
        exchange.receive(get("/loop"))
        exchange.now = 20
        exchange.receive(get("/loop"))
        #expect(exchange.connection.wait == .idle)
        #expect(exchange.connection.waitingSince == 20)
    }

    @Test func `sending is timed until all is sent, then anew`() {
        var exchange = Exchange()
        exchange.window = 0
        exchange.now = 10
        exchange.receive(get("/loop/large") + get("/loop/large") + get("/loop"))
        exchange.now = 20
        exchange.connection.didSend(5)
        #expect(exchange.connection.settle(at: 20) == .proceed)
        #expect(exchange.connection.wait == .write)
        #expect(exchange.connection.waitingSince == 10)
        exchange.drain()
        #expect(exchange.connection.wait == .write)
        #expect(exchange.connection.waitingSince == 20)
    }

    @Test(arguments: ["GET /lo", post("/loop", length: 3)])
    func `a request that is not finished in time is 408`(input: String) {
        var exchange = Exchange()
        exchange.receive(input)
        exchange.expire()
        #expect(exchange.statuses == ["408"])
        #expect(exchange.wire.contains("Connection: close"))
        #expect(exchange.step == .endOutput)
        exchange.expire()
        #expect(exchange.step == .close)
    }

    @Test func `a connection without a request closes silently`() {
        var exchange = Exchange()
        exchange.expire()
        #expect(exchange.step == .close)
        #expect(exchange.wire.isEmpty)
    }

    @Test func `a client that does not take its answer is closed`() {
        var exchange = Exchange()
        exchange.window = 0
        exchange.receive(get("/loop"))
        exchange.expire()
        #expect(exchange.step == .close)
    }
}
