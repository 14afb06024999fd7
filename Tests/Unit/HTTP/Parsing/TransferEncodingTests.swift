import Testing

@testable import HTTP

/// RFC 9112 §6.1, §6.3.
struct TransferEncodingTests {
    @Test(arguments: ["chunked", "CHUNKED", "ChUnKeD", " \tchunked\t "])
    func `chunked alone is the framing`(value: String) throws {
        let head = try #require(
            try HeadOutcome.everyWay(request("Transfer-Encoding:\(value)")).head)
        #expect(head.framing == .chunked)
    }

    /// Disguises that another reader may see through (CVE-2019-16276, CVE-2020-7658 classes).
    @Test(arguments: [
        "", "identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked,",
        ",chunked", "xchunked", "chunkedx", "chunked;a=b", "\"chunked\"", "chun ked", "'chunked'",
        "\u{212A}", "chun\u{212A}ed",
    ])
    func `another coding is refused`(value: String) throws {
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
    func `both framing fields are refused in either order`() throws {
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
    func `HTTP 1_0 knows no transfer coding`(value: String) throws {
        #expect(
            try HeadOutcome.everyWay(request("Transfer-Encoding: \(value)", version: "1.0"))
                == .refused(.malformed(.transferEncoding)))
        #expect(
            try HeadOutcome.everyWay(
                request("Content-Length: 1", "Transfer-Encoding: \(value)", version: "1.0"))
                == .refused(.malformed(.transferEncoding)))
    }
}
