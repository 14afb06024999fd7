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

    @Test func `a client that pipelines and reads nothing gets no time anew`() {
        var exchange = Exchange()
        exchange.window = 0
        exchange.now = 10
        exchange.receive(get("/loop") + get("/store/1") + get("/store/2") + get("/loop"))
        #expect(exchange.connection.wait == .write)
        // Each answer that is added, and each request that is begun, is behind what waits already.
        for now in [20, 30] as [UInt64] {
            exchange.now = now
            exchange.answer()
            #expect(exchange.connection.wait == .write)
            #expect(exchange.connection.waitingSince == 10)
        }
        exchange.now = 40
        exchange.connection.didSend(1)
        #expect(exchange.connection.settle(at: 40) == .proceed)
        #expect(exchange.connection.waitingSince == 10)
        exchange.expire()
        #expect(exchange.step == .close)
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

    @Test func `a connection without a byte is timed from accept, and never called idle`() {
        var exchange = Exchange()
        #expect(exchange.connection.wait == .start)
        exchange.now = 10
        exchange.receive("")
        #expect(exchange.connection.wait == .idle)
    }

    @Test func `an empty line begins no request, before the first one and between two`() {
        var exchange = Exchange()
        exchange.now = 10
        exchange.receive("\r")
        #expect(exchange.connection.wait == .idle)
        exchange.receive("\n")
        #expect(exchange.connection.wait == .idle)
        exchange.now = 20
        exchange.receive("G")
        #expect(exchange.connection.wait == .head)
        #expect(exchange.connection.waitingSince == 20)
        exchange.receive(String(get("/loop").dropFirst()) + "\r\n")
        #expect(exchange.connection.wait == .idle)
        exchange.receive(get("/loop"))
        #expect(exchange.statuses == ["200", "200"])
        exchange.receive("\r\n\r\n")
        #expect(exchange.statuses == ["200", "200", "400"])
    }

    /// How long a head or body of so many bytes may take that is never finished.
    private static let paces: [(bytes: Int, seconds: UInt64)] = [
        (1, 5), (2_499, 5), (2_500, 6), (2_999, 6), (3_000, 7), (4_500, 10), (6_000, 10),
    ]

    @Test(arguments: paces)
    func `a head has to keep pace after a while`(bytes: Int, seconds: UInt64) {
        var exchange = Exchange()
        exchange.receive("GET /loop HTTP/1.1\r\nA: ")
        exchange.receive(String(repeating: "a", count: max(0, bytes - 23)))
        exchange.stall(until: seconds, pace: .headPace)
    }

    @Test(arguments: paces.dropLast() + [(4_501, 10), (14_999, 30), (15_001, 30)])
    func `a body has to keep pace after a while`(bytes: Int, seconds: UInt64) {
        var exchange = Exchange()
        exchange.receive(post("/loop", length: 20_000))
        exchange.receive(String(repeating: "a", count: bytes))
        exchange.stall(until: seconds, pace: .bodyPace)
    }

    @Test func `what the chunked coding adds does not count`() {
        var exchange = Exchange()
        exchange.receive(
            "POST /loop HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<20 { exchange.receive("1;\(String(repeating: "x", count: 200))\r\na\r\n") }
        exchange.stall(until: 5, pace: .bodyPace)
    }

    @Test func `what follows a slow message is timed anew`() {
        var exchange = Exchange()
        exchange.receive(post("/loop", length: 3_000))
        exchange.receive(String(repeating: "a", count: 2_999))
        exchange.expire(after: 5)
        #expect(exchange.connection.wait == .bodyPace)
        exchange.receive("a" + "GET /lo")
        #expect(exchange.connection.wait == .head)
        #expect(exchange.connection.waitingSince == exchange.now)
        exchange.receive("op HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(exchange.connection.wait == .idle)
        #expect(exchange.statuses == ["200", "200"])
    }
}

extension Exchange {
    /// Lets time pass second by second: the request is refused after so many and not before.
    fileprivate mutating func stall(until seconds: UInt64, pace: ConnectionTimeout) {
        expire(after: 5)
        for second in 5..<seconds {
            #expect(statuses.isEmpty && connection.wait == pace, "after \(second) s")
            expire(after: 1)
        }
        #expect(statuses == ["408"])
        #expect(connection.phase != .body)
    }
}
