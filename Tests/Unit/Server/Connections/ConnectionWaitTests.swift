import HTTP
import Testing

@testable import Server

@Suite struct ConnectionWaitTests {
    @Test func `a head is timed from its first byte, however slowly it arrives`() {
        var driven = DrivenConnection()
        driven.now = 10
        driven.receive("GET /lo")
        driven.now = 20
        driven.receive("op HTTP/1.1\r\n")
        #expect(driven.connection.wait == .head)
        #expect(driven.connection.waitingSince == 10)
        driven.now = 30
        driven.receive("Host: a\r\n\r\n")
        #expect(driven.connection.wait == .idle)
        #expect(driven.connection.waitingSince == 30)
    }

    @Test func `each incomplete head is timed separately`() {
        var driven = DrivenConnection()
        driven.now = 10
        driven.receive("GET /loop HTTP/1.1\r\n")
        driven.now = 20
        driven.receive("Host: a\r\n\r\nGET /lo")
        #expect(driven.connection.wait == .head)
        #expect(driven.connection.waitingSince == 20)
    }

    @Test func `a body is timed from the end of its head`() {
        var driven = DrivenConnection()
        driven.now = 10
        driven.receive(post("/loop", length: 3))
        driven.now = 20
        driven.receive("a")
        #expect(driven.connection.wait == .body)
        #expect(driven.connection.waitingSince == 10)
    }

    @Test func `an idle connection is timed from its last response`() {
        var driven = DrivenConnection()
        driven.now = 10
        driven.receive(get("/loop"))
        driven.now = 20
        driven.receive(get("/loop"))
        #expect(driven.connection.wait == .idle)
        #expect(driven.connection.waitingSince == 20)
    }

    @Test func `sending is timed until all output is sent, then again`() {
        var driven = DrivenConnection()
        driven.window = 0
        driven.now = 10
        driven.receive(get("/loop/large") + get("/loop/large") + get("/loop"))
        driven.now = 20
        driven.connection.didSend(5)
        #expect(driven.connection.endStep(at: 20) == .proceed)
        #expect(driven.connection.wait == .write)
        #expect(driven.connection.waitingSince == 10)
        driven.drain()
        #expect(driven.connection.wait == .write)
        #expect(driven.connection.waitingSince == 20)
    }

    @Test func `a client that pipelines without reading gets no additional time`() {
        var driven = DrivenConnection()
        driven.window = 0
        driven.now = 10
        driven.receive(get("/loop") + get("/store/1") + get("/store/2") + get("/loop"))
        #expect(driven.connection.wait == .write)
        // New output and new requests are behind the output that waits already.
        for now in [20, 30] as [UInt64] {
            driven.now = now
            driven.answer()
            #expect(driven.connection.wait == .write)
            #expect(driven.connection.waitingSince == 10)
        }
        driven.now = 40
        driven.connection.didSend(1)
        #expect(driven.connection.endStep(at: 40) == .proceed)
        #expect(driven.connection.waitingSince == 10)
        driven.expire()
        #expect(driven.step == .close)
    }

    @Test(arguments: ["GET /lo", post("/loop", length: 3)])
    func `a request that is not complete in time is answered with 408`(input: String) {
        var driven = DrivenConnection()
        driven.receive(input)
        driven.expire()
        #expect(driven.statuses == ["408"])
        #expect(driven.wire.contains("Connection: close"))
        #expect(driven.step == .endOutput)
        driven.expire()
        #expect(driven.step == .close)
    }

    @Test func `a connection without a request is closed without a response`() {
        var driven = DrivenConnection()
        driven.expire()
        #expect(driven.step == .close)
        #expect(driven.wire.isEmpty)
    }

    @Test func `a connection whose client does not read the response is closed`() {
        var driven = DrivenConnection()
        driven.window = 0
        driven.receive(get("/loop"))
        driven.expire()
        #expect(driven.step == .close)
    }

    @Test func `a connection without a byte is timed from accept and does not count as idle`() {
        var driven = DrivenConnection()
        #expect(driven.connection.wait == .start)
        driven.now = 10
        driven.receive("")
        #expect(driven.connection.wait == .idle)
    }

    @Test func `an empty line does not begin a request`() {
        var driven = DrivenConnection()
        driven.now = 10
        driven.receive("\r")
        #expect(driven.connection.wait == .idle)
        driven.receive("\n")
        #expect(driven.connection.wait == .idle)
        driven.now = 20
        driven.receive("G")
        #expect(driven.connection.wait == .head)
        #expect(driven.connection.waitingSince == 20)
        driven.receive(String(get("/loop").dropFirst()) + "\r\n")
        #expect(driven.connection.wait == .idle)
        driven.receive(get("/loop"))
        #expect(driven.statuses == ["200", "200"])
        driven.receive("\r\n\r\n")
        #expect(driven.statuses == ["200", "200", "400"])
    }

    /// How long an unfinished head or body of so many bytes may take.
    private static let paces: [(bytes: Int, seconds: UInt64)] = [
        (1, 5), (2_499, 5), (2_500, 6), (2_999, 6), (3_000, 7), (4_500, 10), (6_000, 10),
    ]

    @Test(arguments: paces)
    func `a head must reach the minimum rate after five seconds`(bytes: Int, seconds: UInt64) {
        var driven = DrivenConnection()
        driven.receive("GET /loop HTTP/1.1\r\nA: ")
        driven.receive(String(repeating: "a", count: max(0, bytes - 23)))
        driven.stall(until: seconds, pace: .headRate)
    }

    @Test(arguments: paces.dropLast() + [(4_501, 10), (14_999, 30), (15_001, 30)])
    func `a body must reach the minimum rate after five seconds`(bytes: Int, seconds: UInt64) {
        var driven = DrivenConnection()
        driven.receive(post("/loop", length: 20_000))
        driven.receive(String(repeating: "a", count: bytes))
        driven.stall(until: seconds, pace: .bodyRate)
    }

    @Test func `chunked framing does not count towards the minimum rate`() {
        var driven = DrivenConnection()
        driven.receive(
            "POST /loop HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<20 { driven.receive("1;\(String(repeating: "x", count: 200))\r\na\r\n") }
        driven.stall(until: 5, pace: .bodyRate)
    }

    @Test func `the message after a slow one is timed separately`() {
        var driven = DrivenConnection()
        driven.receive(post("/loop", length: 3_000))
        driven.receive(String(repeating: "a", count: 2_999))
        driven.expire(after: 5)
        #expect(driven.connection.wait == .bodyRate)
        driven.receive("a" + "GET /lo")
        #expect(driven.connection.wait == .head)
        #expect(driven.connection.waitingSince == driven.now)
        driven.receive("op HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(driven.connection.wait == .idle)
        #expect(driven.statuses == ["200", "200"])
    }
}

extension DrivenConnection {
    /// Advances second by second: the request is refused after this many seconds and not before.
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
