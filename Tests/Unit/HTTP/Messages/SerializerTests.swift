import Testing

@testable import HTTP

/// RFC 9112 §4, §6; RFC 9110 §8.6.
struct SerializerTests {
    static let date = Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)

    static func wire(
        _ response: Response, omitsBody: Bool = false, minorVersion: UInt8 = 1,
        closes: Bool = false
    ) -> String {
        var output = Array("before".utf8)
        response.serialize(
            into: &output, date: date, omitsBody: omitsBody, minorVersion: minorVersion,
            closes: closes)
        #expect(output.starts(with: Array("before".utf8)))
        return String(decoding: output.dropFirst(6), as: UTF8.self)
    }

    @Test
    func `a response is a status line, header fields and content`() {
        var fields = FieldLines()
        fields.add("Content-Type", "text/plain")
        fields.add("X-Request-Id", "a")
        let response = Response(status: .ok, fields: fields, body: Array("hello".utf8))
        #expect(
            Self.wire(response) == """
                HTTP/1.1 200 OK\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                Content-Length: 5\r
                Content-Type: text/plain\r
                X-Request-Id: a\r
                \r
                hello
                """)
    }

    @Test
    func `a response to HEAD has the length of the omitted content`() {
        let response = Response(status: .ok, body: Array("hello".utf8))
        #expect(
            Self.wire(response, omitsBody: true) == """
                HTTP/1.1 200 OK\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                Content-Length: 5\r
                \r\n
                """)
    }

    @Test
    func `an empty response has a length of 0`() {
        #expect(Self.wire(Response(status: .found)).contains("\r\nContent-Length: 0\r\n"))
    }

    @Test
    func `a status without content has neither length nor content`() {
        let response = Response(status: .noContent, body: Array("hello".utf8))
        #expect(
            Self.wire(response) == """
                HTTP/1.1 204 No Content\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                \r\n
                """)
    }

    /// RFC 9110 §15.4.5: the length would be that of the content that the client has.
    @Test func `an unchanged representation has no length`() {
        let wire = Self.wire(Response(status: .notModified, body: Array("hello".utf8)))
        #expect(!wire.contains("Content-Length"))
        #expect(wire.hasSuffix("\r\n\r\n"))
    }

    @Test(
        arguments: [
            (0, false, "\r\nConnection: keep-alive\r\n"), (0, true, "\r\nConnection: close\r\n"),
            (1, true, "\r\nConnection: close\r\n"), (1, false, nil),
        ] as [(UInt8, Bool, String?)])
    func `the Connection field matches what happens next`(
        minorVersion: UInt8, closes: Bool, line: String?
    ) {
        let wire = Self.wire(
            Response(status: .ok), minorVersion: minorVersion, closes: closes)
        #expect(wire.hasPrefix("HTTP/1.1 200 OK\r\n"))
        if let line {
            #expect(wire.contains(line))
        } else {
            #expect(!wire.contains("Connection"))
        }
    }

    @Test(arguments: Status.allCases)
    func `every status has its status line`(status: Status) {
        let line = "HTTP/1.1 \(status.rawValue) \(status.reasonPhrase)\r\nDate: "
        #expect(Self.wire(Response(status: status)).hasPrefix(line))
    }

    /// CWE-113.
    @Test
    func `a value cannot end its line`() {
        var fields = FieldLines()
        fields.add("Location", "/a\r\nSet-Cookie: b\r\n\r\n\u{0}c\td\u{7F}")
        let wire = Self.wire(Response(status: .found, fields: fields))
        #expect(wire.contains("\r\nLocation: /aSet-Cookie: bcd\r\n"))
        #expect(!wire.contains("\r\nSet-Cookie"))
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 65_536, 1_000_000, UInt64.max])
    func `numbers are formatted in decimal`(number: UInt64) {
        var output: [UInt8] = []
        output.append(decimal: number)
        #expect(String(decoding: output, as: UTF8.self) == "\(number)")
    }
}
