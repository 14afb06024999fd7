import Testing

@testable import HTTP

/// RFC 9112 §7.1.
struct ChunkedTests {
    @Test(arguments: [
        ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "abc"), ("00000003\r\nabc\r\n00000000\r\n\r\n", "abc"),
        ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("A\r\n\r\n0\r\n\r\n\r\n5\r\n0\r\n\r\n", "\r\n0\r\n\r\n\r\n5"),
    ])
    func `chunks are joined`(wire: String, content: String) throws {
        #expect(
            try BodyOutcome.everyWay(wire)
                == .complete(content: content, consumed: wire.utf8.count))
        #expect(
            try BodyOutcome.everyWay(wire + "GET / HTTP/1.1\r\n")
                == .complete(content: content, consumed: wire.utf8.count))
    }

    @Test
    func `a body without its end is incomplete`() throws {
        let wire = "2\r\nab\r\n1;x\r\nc\r\n0\r\nA: b\r\n\r\n"
        for count in 0..<wire.utf8.count {
            let prefix = String(decoding: Array(wire.utf8.prefix(count)), as: UTF8.self)
            guard case .incomplete(let content) = try BodyOutcome.everyWay(prefix) else {
                Issue.record("complete after \(count) bytes")
                return
            }
            #expect("abc".hasPrefix(content))
        }
    }

    @Test(arguments: [
        ";", ";a", ";a=b", ";a=\"b;c\"", "; a = b", ";a\t", ";\u{E9}", ";a;b;c",
    ])
    func `chunk extensions are skipped`(text: String) throws {
        let wire = "3\(text)\r\nabc\r\n0\(text)\r\n\r\n"
        #expect(
            try BodyOutcome.everyWay(wire)
                == .complete(content: "abc", consumed: wire.utf8.count))
    }

    /// Forms that lenient number parsers accept (CVE-2022-32213, CVE-2023-46846 classes), and a line
    /// feed in an extension that ends the line for only one of two readers (CVE-2025-22871).
    @Test(arguments: [
        "\r\n", "g\r\n", "-1\r\n", "+1\r\n", " 1\r\n", "1 \r\n", "1\t\r\n", "1 ;a\r\n", "0x1\r\n",
        "1_0\r\n", "1.0\r\n", ";a\r\n", "000000001\r\n", "100000000\r\n",
        "10000000000000001\r\n", "fffffffffffffffff\r\n", "1\n", "1\ra", "1\r\r\n", "1;a\n",
        "1;a\ra", "1;\u{0}\r\n", "1;\u{7F}\r\n", "1;\u{1B}\r\n", "\u{0}1\r\n", "\u{661}\r\n",
        "1,1\r\n", "\n",
    ])
    func `a malformed chunk size is refused`(line: String) throws {
        #expect(
            try BodyOutcome.everyWay("\(line)a\r\n0\r\n\r\n") == .refused(.malformed(.chunkSize)))
        #expect(
            try BodyOutcome.everyWay("1\r\nx\r\n\(line)a\r\n0\r\n\r\n")
                == .refused(.malformed(.chunkSize)))
    }

    @Test(arguments: [
        "2\r\nab0\r\n\r\n", "2\r\nabc\r\n0\r\n\r\n", "2\r\nab\n0\r\n\r\n", "2\r\nab\r0\r\n\r\n",
        "2\r\nab\r\r\n", "2\r\nab\n\r", "2\r\nab\u{0}",
    ])
    func `chunk data of another length than declared is refused`(wire: String) throws {
        #expect(try BodyOutcome.everyWay(wire) == .refused(.malformed(.chunkData)))
    }

    @Test
    func `content over the limit is refused when its chunk is declared`() throws {
        #expect(
            try BodyOutcome.everyWay("4\r\nabcd\r\n0\r\n\r\n", limit: 4)
                == .complete(content: "abcd", consumed: 14))
        #expect(try BodyOutcome.everyWay("5\r", limit: 4) == .refused(.contentTooLarge))
        #expect(try BodyOutcome.everyWay("5;", limit: 4) == .refused(.contentTooLarge))
        #expect(
            try BodyOutcome.everyWay("3\r\nabc\r\n2\r", limit: 4) == .refused(.contentTooLarge))
        #expect(try BodyOutcome.everyWay("ffffffff\r", limit: 4) == .refused(.contentTooLarge))
        #expect(
            try BodyOutcome.everyWay("0\r\n\r\n", limit: 0) == .complete(content: "", consumed: 5))
    }

    /// CVE-2023-39326: content hidden in extensions causes work that no limit counts.
    @Test
    func `a line with a chunk size has at most 256 bytes`() throws {
        let longest = "0;" + String(repeating: "a", count: 252) + "\r\n\r\n"
        #expect(
            try BodyOutcome.everyWay(longest)
                == .complete(content: "", consumed: longest.utf8.count))
        #expect(
            try BodyOutcome.everyWay("0;" + String(repeating: "a", count: 253) + "\r\n\r\n")
                == .refused(.malformed(.chunkSize)))
        #expect(
            try BodyOutcome.everyWay("0;" + String(repeating: "a", count: 1_000))
                == .refused(.malformed(.chunkSize)))
    }

    @Test
    func `chunk framing may exceed the content by at most 64 KiB`() throws {
        // Six bytes of framing for one of content.
        let chunk = Array("01\r\na\r\n".utf8)
        let chunks = 13_107
        let pages = try GuardedPages(capacity: chunk.count * (chunks + 2))
        func outcome(_ count: Int) -> BodyOutcome {
            let wire = Array(repeatElement(chunk, count: count).joined())
            let limit = 65_536
            let whole = BodyOutcome.decode([wire[...]], framing: .chunked, limit: limit, in: pages)
            let bytes = BodyOutcome.decode(
                wire.indices.map { wire[$0...$0] }, framing: .chunked, limit: limit, in: pages)
            #expect(whole == bytes)
            return whole
        }
        #expect(outcome(chunks) == .incomplete(content: String(repeating: "a", count: chunks)))
        #expect(outcome(chunks + 1) == .refused(.malformed(.chunkSize)))
    }
}
