import Testing

@testable import HTTP

/// RFC 9112 §6.1, §6.3.
struct TransferEncodingTests {
    @Test(arguments: ["chunked", "CHUNKED", "ChUnKeD", " \tchunked\t "])
    func `chunked is the only transfer coding`(value: String) throws {
        let head = try #require(
            try HeadOutcome.everyWay(request("Transfer-Encoding:\(value)")).head)
        #expect(head.framing == .chunked)
    }

    /// Obfuscations that another reader may decode (CVE-2019-16276, CVE-2020-7658 classes).
    @Test(arguments: [
        "", "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked,",
        ",chunked", "xchunked", "chunkedx", "chunked;a=b", "\"chunked\"", "chun ked", "'chunked'",
        "\u{212A}", "chun\u{212A}ed",
    ])
    func `another transfer coding is refused`(value: String) throws {
        #expect(
            try HeadOutcome.everyWay(request("Transfer-Encoding: \(value)"))
                == .refused(.malformed(.transferEncoding)))
    }

    @Test(arguments: ["chunked", "identity", "gzip"])
    func `a second Transfer_Encoding is refused`(second: String) throws {
        #expect(
            try HeadOutcome.everyWay(
                request("Transfer-Encoding: chunked", "transfer-encoding: \(second)"))
                == .refused(.malformed(.transferEncoding)))
    }

    /// CL.TE and TE.CL, CWE-444.
    @Test
    func `Content_Length and Transfer_Encoding together are refused in either order`() throws {
        let length = "Content-Length: 5"
        let coding = "Transfer-Encoding: chunked"
        #expect(
            try HeadOutcome.everyWay(request(length, coding))
                == .refused(.malformed(.conflictingLength)))
        #expect(
            try HeadOutcome.everyWay(request(coding, length))
                == .refused(.malformed(.conflictingLength)))
        #expect(
            try HeadOutcome.everyWay(request(coding, "Content-Length: 0"))
                == .refused(.malformed(.conflictingLength)))
    }

    @Test(arguments: ["chunked", "identity"])
    func `HTTP 1_0 has no transfer coding`(value: String) throws {
        #expect(
            try HeadOutcome.everyWay(request("Transfer-Encoding: \(value)", version: "1.0"))
                == .refused(.malformed(.transferEncoding)))
        #expect(
            try HeadOutcome.everyWay(
                request("Content-Length: 1", "Transfer-Encoding: \(value)", version: "1.0"))
                == .refused(.malformed(.transferEncoding)))
    }
}
