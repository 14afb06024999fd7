import Testing

@testable import HTTP

/// RFC 9112 §3, RFC 3986 §3.
struct RequestLineTests {
    @Test(
        arguments: [
            ("GET / HTTP/1.1", Method.get, 1, "/", nil),
            ("HEAD /a/b HTTP/1.1", .head, 1, "/a/b", nil),
            ("POST /a?b=c&d?e HTTP/1.0", .post, 0, "/a", "b=c&d?e"),
            ("PUT /? HTTP/1.1", .put, 1, "/", ""),
            ("PATCH //a HTTP/1.1", .patch, 1, "//a", nil),
            ("DELETE /%6C%0A HTTP/1.9", .delete, 1, "/%6C%0A", nil),
            ("OPTIONS * HTTP/1.1", .options, 1, "*", nil),
            ("GET /-._~!$&'()*+,;=:@Az09 HTTP/1.1", .get, 1, "/-._~!$&'()*+,;=:@Az09", nil),
        ] as [(String, Method, UInt8, String, String?)])
    func `a request line is split into its parts`(
        line: String, method: Method, minorVersion: UInt8, path: String, query: String?
    ) throws {
        let outcome = try HeadOutcome.everyWay("\(line)\r\nHost: example.com\r\n\r\n")
        let head = try #require(outcome.head)
        #expect(head.method == method)
        #expect(head.minorVersion == minorVersion)
        #expect(head.path == path)
        #expect(head.query == query)
        #expect(head.authority == "example.com")
    }

    /// RFC 9112 §3.2.2: the authority of the target replaces that of Host.
    @Test(
        arguments: [
            ("http://a.example", "/", nil, "a.example"),
            ("HTTP://a.example:8080/b?c", "/b", "c", "a.example:8080"),
            ("https://[2001:db8::1]:443?c", "/", "c", "[2001:db8::1]:443"),
            ("hTTpS://a.example/http://b.example", "/http://b.example", nil, "a.example"),
        ] as [(String, String, String?, String)])
    func `an absolute-form target provides the authority`(
        target: String, path: String, query: String?, authority: String
    ) throws {
        let outcome = try HeadOutcome.everyWay(
            "GET \(target) HTTP/1.1\r\nHost: other.example\r\n\r\n")
        let head = try #require(outcome.head)
        #expect(head.path == path)
        #expect(head.query == query)
        #expect(head.authority == authority)
    }

    @Test(arguments: [
        "", "a", "a/b", "?a", "*a", "**", "mailto:a", "ftp://a/", "http:/a", "http:a", "http://",
        "http:///a", "http://?a", "http://u@a/", "http://u:p@a/", "http://a:b/", "http://a:65536/",
        "http://[::1/", "http://[127.0.0.1]/", "http://a%zz/", "example.com:443",
    ])
    func `a target of another form is refused`(target: String) throws {
        let outcome = try HeadOutcome.everyWay("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
        let reason: MessageError.Reason = target.isEmpty ? .requestLine : .requestTarget
        #expect(outcome == .refused(.malformed(reason)))
    }

    @Test(arguments: Method.allCases.filter { $0 != .options })
    func `the asterisk form is for OPTIONS only`(method: Method) throws {
        let outcome = try HeadOutcome.everyWay("\(method.rawValue) * HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(outcome == .refused(.malformed(.requestTarget)))
    }

    @Test(arguments: [
        "/#a", "/a?b#c", "/\"", "/<", "/>", "/\\", "/^", "/`", "/{", "/|", "/}", "/[", "/]",
        "/%", "/%4", "/%4g", "/%g4", "/%%41", "/?%", "/é", "/a\tb",
    ])
    func `a byte that needs encoding is refused in a target`(target: String) throws {
        let outcome = try HeadOutcome.everyWay("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(outcome == .refused(.malformed(.requestTarget)))
    }

    @Test(arguments: [
        " GET / HTTP/1.1", " / HTTP/1.1", "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ",
        "GET\t/ HTTP/1.1", "GET /\r", "GET / ", "GET /", "GET", "GET /a b HTTP/1.1",
        "GET / http/1.1", "GET / HTTP/1", "GET / HTTP/11", "GET / HTTP/1.10", "GET / HTTP/1,1",
        "GET / HTTP /1.1", "GET / HTTP/ 1.1", "GET / HTTP/a.1", "GET / HTTP/1.a", "GET / XTTP/1.1",
        "G(T / HTTP/1.1", "GÉT / HTTP/1.1", "/ HTTP/1.1", ": / HTTP/1.1",
    ])
    func `a malformed request line is refused`(line: String) throws {
        let outcome = try HeadOutcome.everyWay("\(line)\r\nHost: a\r\n\r\n")
        #expect(outcome == .refused(.malformed(.requestLine)))
    }

    /// RFC 9112 §2.2: some clients send one after a body.
    ///
    /// More than one suggests a wrong length of the body before, as in request smuggling (CWE-444).
    @Test
    func `one empty line before a request is skipped`() throws {
        let head = try #require(try HeadOutcome.everyWay(request("A: b")).head)
        var after = try #require(try HeadOutcome.everyWay("\r\n" + request("A: b")).head)
        #expect(after.length == head.length + 2)
        after.length -= 2
        #expect(after == head)
        for start in ["", "\r", "\r\n"] {
            #expect(try HeadOutcome.everyWay(start) == .incomplete)
        }
    }

    @Test(arguments: [
        ("\r\n\r\n", MessageError.malformed(.requestLine)), ("\n", .malformed(.bareLineFeed)),
        ("\r\n\n", .malformed(.bareLineFeed)), ("\r\r\n", .malformed(.bareCarriageReturn)),
        ("\r", .malformed(.bareCarriageReturn)), ("\r\n ", .malformed(.requestLine)),
        (" \r\n", .malformed(.requestLine)),
    ])
    func `any other empty line is refused`(start: String, error: MessageError) throws {
        #expect(try HeadOutcome.everyWay(start + request()) == .refused(error))
    }

    @Test
    func `a parser reports whether a request has begun`() {
        for (text, isAtStart) in [
            ("", true), ("\r", true), ("\r\n", true), ("G", false), ("\r\nG", false),
            ("GET / HTTP/1.1\r\n", false),
        ] {
            var parser = HeadParser()
            #expect(HeadOutcome.step(&parser, Array(text.utf8).span) == .incomplete)
            #expect(parser.isAtStart == isAtStart, "\(text)")
        }
        var parser = HeadParser()
        #expect(HeadOutcome.step(&parser, Array(request().utf8).span).head != nil)
        #expect(parser.isAtStart)
    }

    @Test(arguments: [
        "CONNECT a.example:443", "TRACE /", "PROPFIND /", "get /", "Get /", "GETS /", "GE /",
        "X-!#$%&'*+.^_`|~09 /", "PRI *",
    ])
    func `an unknown method is not implemented`(start: String) throws {
        let outcome = try HeadOutcome.everyWay("\(start) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(outcome == .refused(.methodNotImplemented))
    }

    @Test(arguments: ["0.9", "2.0", "3.0", "9.9"])
    func `a major version other than 1 is not supported`(version: String) throws {
        #expect(
            try HeadOutcome.everyWay(request(version: version)) == .refused(.versionNotSupported))
    }

    /// RFC 9113 §3.4.
    @Test
    func `the preface of HTTP 2 is refused for its version`() throws {
        let outcome = try HeadOutcome.everyWay("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        #expect(outcome == .refused(.versionNotSupported))
    }

    /// RFC 8446 §5.1: the first bytes of a TLS record.
    @Test
    func `a TLS handshake is refused at its first byte`() throws {
        let hello: [UInt8] = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]
        #expect(try HeadOutcome.everyWay(hello) == .refused(.malformed(.controlByte)))
        #expect(
            try HeadOutcome.everyWay(Array(hello.prefix(1))) == .refused(.malformed(.controlByte)))
    }

    /// RFC 9112 §2.2.
    @Test(arguments: [
        "GET / HTTP/1.1\n", "GET\n", "GET /\n", "GET / HTTP/1.1\r\nHost: a\n", "G\nET / HTTP/1.1",
    ])
    func `a bare line feed does not end a line`(start: String) throws {
        let outcome = try HeadOutcome.everyWay("\(start)Host: a\r\n\r\n")
        #expect(outcome == .refused(.malformed(.bareLineFeed)))
    }

    @Test
    func `a bare carriage return does not end a line`() throws {
        let outcome = try HeadOutcome.everyWay("GET / HTTP/1.1\rHost: a\r\n\r\n")
        #expect(outcome == .refused(.malformed(.bareCarriageReturn)))
    }

    @Test(arguments: ([0...8, 11...12, 14...31, 127...127] as [ClosedRange<UInt8>]).joined())
    func `a control byte is refused anywhere in the request line`(byte: UInt8) throws {
        let line = Array("GET / HTTP/1.1\r\n".utf8)
        for position in 0...line.count {
            let wire = line[..<position] + [byte] + line[position...]
            let outcome = try HeadOutcome.everyWay(Array(wire))
            // Between CR and LF it is the CR that is bare.
            let reason: MessageError.Reason = position == 15 ? .bareCarriageReturn : .controlByte
            #expect(outcome == .refused(.malformed(reason)), "at \(position)")
        }
    }
}
