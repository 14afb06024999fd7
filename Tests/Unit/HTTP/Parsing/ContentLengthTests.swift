import Testing

@testable import HTTP

/// RFC 9112 §6.2, §6.3; RFC 9110 §8.6.
struct ContentLengthTests {
    @Test(arguments: [
        ("0", 0), ("5", 5), ("0005", 5), ("65536", 65_536),
        ("9223372036854775807", Int.max), ("0000000000000000001", 1),
    ])
    func `the length is the decimal value`(value: String, length: Int) throws {
        let head = try #require(
            try HeadOutcome.everyWay(request("Content-Length: \(value)")).head)
        #expect(head.framing == .length(length))
    }

    @Test
    func `without a framing field there is no body`() throws {
        #expect(try HeadOutcome.everyWay(request()).head?.framing == .length(0))
    }

    /// Forms that lenient number parsers accept: a sign (CVE-2018-7159), a list (CVE-2019-20445 class).
    @Test(arguments: [
        "", "+5", "-5", "-0", "5, 5", "5,5", "5 5", "0x5", "5a", "5.0", "5;", "\u{664}", "\"5\"",
        "9223372036854775808", "9999999999999999999", "00000000000000000005", "1e3", "5_0",
        "18446744073709551616",
    ])
    func `a malformed length is refused`(value: String) throws {
        #expect(
            try HeadOutcome.everyWay(request("Content-Length: \(value)"))
                == .refused(.malformed(.invalidContentLength)))
    }

    /// CWE-444.
    @Test(arguments: ["5", "6", "", "a"])
    func `a second Content_Length is refused even when equal`(second: String) throws {
        #expect(
            try HeadOutcome.everyWay(
                request("Content-Length: 5", "Cookie: a", "content-length: \(second)"))
                == .refused(.malformed(.repeatedContentLength)))
    }

    @Test
    func `a body has exactly the declared length`() throws {
        #expect(
            try BodyOutcome.everyWay("abcdefgh", framing: .length(5))
                == .complete(content: "abcde", consumed: 5))
        #expect(
            try BodyOutcome.everyWay("abcde", framing: .length(5))
                == .complete(content: "abcde", consumed: 5))
        #expect(
            try BodyOutcome.everyWay("abcd", framing: .length(5)) == .incomplete(content: "abcd"))
    }

    @Test(arguments: ["", "GET / HTTP/1.1"])
    func `a body of no bytes is complete at once`(following: String) throws {
        #expect(try BodyDecoder(framing: .length(0), limit: 0).isComplete)
        #expect(
            try BodyOutcome.everyWay(following, framing: .length(0))
                == .complete(content: "", consumed: 0))
    }

    @Test
    func `a declared length over the limit is refused before a byte is read`() throws {
        #expect(throws: MessageError.contentTooLarge) {
            try BodyDecoder(framing: .length(11), limit: 10)
        }
        #expect(throws: MessageError.contentTooLarge) {
            try BodyDecoder(framing: .length(Int.max), limit: 10)
        }
        #expect(try !BodyDecoder(framing: .length(10), limit: 10).isComplete)
    }
}
