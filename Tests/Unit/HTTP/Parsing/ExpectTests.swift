import Testing

@testable import HTTP

/// RFC 9110 §10.1.1.
struct ExpectTests {
    @Test(arguments: [
        ("1.1", "100-continue", "Content-Length: 5", true),
        ("1.1", "100-Continue", "Content-Length: 5", true),
        ("1.1", "100-continue", "Transfer-Encoding: chunked", true),
        ("1.1", "100-continue", "Content-Length: 0", false),
        ("1.1", "100-continue", "Cookie: a", false),
        ("1.0", "100-continue", "Content-Length: 5", false),
        ("1.0", "anything", "Content-Length: 5", false),
    ])
    func `only an HTTP 1_1 client with a body waits for 100 Continue`(
        version: String, expectation: String, framing: String, expected: Bool
    ) throws {
        for lines in [[framing, "Expect: \(expectation)"], ["Expect: \(expectation)", framing]] {
            let wire = request(lines.joined(separator: "\r\n"), version: version)
            let head = try #require(try HeadOutcome.everyWay(wire).head)
            #expect(head.expectsContinue == expected)
        }
    }

    @Test
    func `without an expectation the client does not wait`() throws {
        #expect(
            try HeadOutcome.everyWay(request("Content-Length: 5")).head?.expectsContinue == false)
    }

    @Test(arguments: ["", "100-continued", "200-ok", "100-continue, a", "100", "\"100-continue\""])
    func `an unknown expectation fails`(value: String) throws {
        #expect(
            try HeadOutcome.everyWay(request("Content-Length: 5", "Expect: \(value)"))
                == .refused(.expectationFailed))
    }
}
