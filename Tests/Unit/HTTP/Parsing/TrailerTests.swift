import Testing

@testable import HTTP

/// RFC 9112 §7.1.2, RFC 9110 §6.5.
struct TrailerTests {
    @Test(arguments: [
        "A: b\r\n", "A:\r\n", "A: b\r\nC: d\r\n", "Content-Length: 5\r\n", "A: \u{E9}\t\r\n",
        "Transfer-Encoding: chunked\r\nHost: a\r\nHost: b\r\n", "Authorization: Bearer a\r\n",
    ])
    func `trailers are discarded`(section: String) throws {
        let wire = "1\r\na\r\n0\r\n\(section)\r\n"
        #expect(
            try BodyOutcome.everyWay(wire + "POST")
                == .complete(content: "a", consumed: wire.utf8.count))
    }

    @Test(arguments: [
        "A\r\n", ": b\r\n", "A : b\r\n", " A: b\r\n", "\tA: b\r\n", "A: b\r\n c\r\n", "A: b\n",
        "A: b\rC", "\n", "\rA", "\r\r\n", "A: \u{0}\r\n", "A: \u{7F}\r\n", "\u{E9}: a\r\n",
        "A\n: b\r\n", "A: b\r\r\n", "(a): b\r\n",
    ])
    func `a malformed trailer is refused`(section: String) throws {
        #expect(
            try BodyOutcome.everyWay("0\r\n\(section)\r\n") == .refused(.malformed(.trailer)))
    }

    @Test
    func `a trailer section has at most a hundred lines`() throws {
        let hundred = "0\r\n" + String(repeating: "a:\r\n", count: 100)
        #expect(
            try BodyOutcome.everyWay(hundred + "\r\n")
                == .complete(content: "", consumed: hundred.utf8.count + 2))
        #expect(try BodyOutcome.everyWay(hundred + "a") == .refused(.fieldsTooLarge))
    }

    @Test
    func `a trailer section has at most 8 KiB`() throws {
        func outcomes(_ count: Int) throws -> [BodyOutcome] {
            let section = "a:" + String(repeating: "b", count: count - 6) + "\r\n\r\n"
            let wire = Array("0\r\n\(section)".utf8)
            let pages = try GuardedPages(capacity: wire.count)
            return [[wire[...]], wire.indices.map { wire[$0...$0] }].map {
                BodyOutcome.decode($0, framing: .chunked, limit: 0, in: pages)
            }
        }
        let complete = BodyOutcome.complete(content: "", consumed: 8_195)
        #expect(try outcomes(8_192) == [complete, complete])
        let refused = BodyOutcome.refused(.fieldsTooLarge)
        #expect(try outcomes(8_193) == [refused, refused])
    }
}
