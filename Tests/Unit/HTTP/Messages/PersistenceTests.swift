import Testing

@testable import HTTP

/// RFC 9112 §9.3, RFC 9110 §7.6.1.
struct PersistenceTests {
    @Test(arguments: [
        ("1.1", [], true), ("1.1", ["close"], false), ("1.1", ["CLOSE"], false),
        ("1.1", ["keep-alive"], true), ("1.1", ["keep-alive, close"], false),
        ("1.1", ["close, keep-alive"], false), ("1.1", ["upgrade", "close"], false),
        ("1.1", ["closed"], true), ("1.1", ["x-close"], true), ("1.1", ["close-not"], true),
        ("1.1", [""], true), ("1.1", [",,close,,"], false), ("1.1", [" ,\t close \t,"], false),
        ("1.2", [], true), ("1.2", ["close"], false),
        ("1.0", [], false), ("1.0", ["keep-alive"], true), ("1.0", ["Keep-Alive"], true),
        ("1.0", ["close"], false), ("1.0", ["keep-alive, close"], false),
        ("1.0", ["keep-alive", "close"], false), ("1.0", ["upgrade, keep-alive"], true),
        ("1.0", ["keep-alived"], false), ("1.0", ["keepalive"], false),
    ])
    func `version and connection options decide whether the connection persists`(
        version: String, values: [String], isPersistent: Bool
    ) throws {
        let lines = ["Host: a"] + values.map { "Connection: \($0)" }
        let wire = "GET / HTTP/\(version)\r\n\(lines.joined(separator: "\r\n"))\r\n\r\n"
        let head = try #require(try HeadOutcome.everyWay(wire).head)
        #expect(head.isPersistent == isPersistent)
    }

    @Test(arguments: ["close;a", "keep alive", "\"close\"", "close\tclose", "clos\u{E9}", "a=b"])
    func `a malformed connection option is refused`(value: String) throws {
        #expect(
            try HeadOutcome.everyWay(request("Connection: \(value)"))
                == .refused(.malformed(.fieldValue)))
    }
}
