import Testing

@testable import HTTP

/// RFC 9112 §5, RFC 9110 §5.
struct FieldTests {
    @Test(arguments: [
        ("Cookie:a", "a"), ("Cookie: a", "a"), ("Cookie: \t a \t ", "a"), ("Cookie:", ""),
        ("Cookie:  \t", ""), ("Cookie: a b\tc", "a b\tc"), ("Cookie: a:b", "a:b"),
        ("cOOKIE: a", "a"), ("Cookie: \u{E9}", "\u{E9}"), ("Cookie: :", ":"),
    ])
    func `white space around a value is removed`(line: String, value: String) throws {
        let head = try #require(try HeadOutcome.everyWay(request(line)).head)
        #expect(head.fields.last == .init(name: .cookie, value: Array(value.utf8)))
    }

    @Test
    func `every byte of obs-text is allowed in a value`() throws {
        let value = Array<UInt8>(0x80...0xFF)
        let wire = Array("GET / HTTP/1.0\r\nCookie: ".utf8) + value + Array("\r\n\r\n".utf8)
        let head = try #require(try HeadOutcome.everyWay(wire).head)
        #expect(head.fields == [.init(name: .cookie, value: value)])
    }

    @Test func `field names are available as they were sent`() throws {
        let head = "GET / HTTP/1.1\r\nHost: a:1\r\nX-ANY:\r\nvia: \t \r\nA: b: c\r\n\r\n"
        var parser = HeadParser()
        let request = try #require(try parser.parse(Array(head.utf8).span)).request
        #expect(
            request.fieldNames.map { String(decoding: $0, as: UTF8.self) }
                == ["Host", "X-ANY", "via", "A"])
    }

    static let names: [(String, FieldName)] = [
        ("Accept", .accept), ("Accept-Encoding", .acceptEncoding),
        ("Accept-Language", .acceptLanguage),
        ("Authorization", .authorization), ("Connection", .connection),
        ("Content-Type", .contentType), ("Cookie", .cookie), ("Forwarded", .forwarded),
        ("If-None-Match", .ifNoneMatch), ("Origin", .origin), ("Sec-Fetch-Dest", .secFetchDest),
        ("Sec-Fetch-Mode", .secFetchMode),
        ("Sec-Fetch-Site", .secFetchSite), ("Sec-Purpose", .secPurpose),
        ("User-Agent", .userAgent), ("X-Forwarded-For", .xForwardedFor),
        ("X-Forwarded-Host", .xForwardedHost), ("X-Forwarded-Method", .xForwardedMethod),
        ("X-Forwarded-Proto", .xForwardedProto), ("X-Forwarded-Uri", .xForwardedURI),
        ("X-Request-Id", .xRequestID),
        ("X-Setup-Code", .xSetupCode),
    ]

    /// RFC 9110 §5.1.
    @Test(arguments: names)
    func `a field name is recognised in any case`(spelling: String, name: FieldName) throws {
        for text in [spelling, spelling.lowercased(), spelling.uppercased()] {
            let head = try #require(try HeadOutcome.everyWay(request("\(text): a")).head)
            #expect(head.fields.last?.name == name, "\(text)")
        }
    }

    @Test(arguments: names)
    func `a name that differs in one byte is another name`(spelling: String, name: FieldName)
        throws
    {
        func recognised(_ bytes: [UInt8]) -> FieldName { FieldName(bytes.span) }
        let bytes = Array(spelling.utf8)
        for index in bytes.indices {
            // Also with a byte that a careless case-insensitive comparison would accept.
            for other in [UInt8(ascii: "_"), bytes[index] == UInt8(ascii: "-") ? 0x0D : 0x2D] {
                var altered = bytes
                altered[index] = other
                #expect(
                    recognised(altered) == .other, "\(String(decoding: altered, as: UTF8.self))")
            }
        }
        #expect(recognised(bytes.dropLast()) == .other)
        #expect(recognised(bytes + bytes.suffix(1)) == .other)
    }

    @Test
    func `fields keep their order and their repeats`() throws {
        let wire = Array(
            request("X-Forwarded-For: a", "Cookie: b", "x-forwarded-for: c", "Other: d").utf8)
        var parser = HeadParser()
        let head = try #require(try parser.parse(wire.span))
        #expect(head.request.values(of: .xForwardedFor).map { Array($0) } == [[0x61], [0x63]])
        #expect(head.request[.xForwardedFor] == [0x61])
        #expect(head.request[.cookie] == [0x62])
        #expect(head.request[.origin] == nil)
        #expect(head.request.values(of: .origin).isEmpty)
    }

    /// White space before the colon: RFC 9112 §5.1, smuggling past a proxy that trims it.
    @Test(arguments: [
        "Cookie : a", "Cookie\t: a", ": a", "Cookie", "Coo kie: a", "Cook\u{E9}: a", "Cookie\": a",
        "Content-Length : 5", "Transfer-Encoding : chunked", "(a): b", "a/b: c", "[a]: b", "a@b: c",
    ])
    func `a malformed field name is refused`(line: String) throws {
        #expect(
            try HeadOutcome.everyWay(request(line)) == .refused(.malformed(.fieldName)))
    }

    /// RFC 9112 §5.2 obs-fold, also right after the request line (§2.2).
    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "GET / HTTP/1.1\r\n\tHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n \r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection:\r\n close\r\n\r\n",
    ])
    func `a folded field is refused`(wire: String) throws {
        #expect(try HeadOutcome.everyWay(wire) == .refused(.malformed(.lineFolding)))
    }

    /// CWE-93.
    @Test(arguments: ["Cookie: a\rb", "Cookie: a\r\r", "Cookie: a\r", "Cookie: \r b"])
    func `a bare carriage return in a value is refused`(line: String) throws {
        #expect(
            try HeadOutcome.everyWay(request(line))
                == .refused(.malformed(.bareCarriageReturn)))
    }

    @Test(arguments: ["Cookie: a\nb: c", "Cookie: a\n", "Cookie\n: a", "\nCookie: a"])
    func `a bare line feed in a field line is refused`(line: String) throws {
        #expect(
            try HeadOutcome.everyWay(request(line)) == .refused(.malformed(.bareLineFeed)))
    }

    @Test
    func `a bare line ending does not end the section`() throws {
        let start = "GET / HTTP/1.1\r\nHost: a\r\n"
        #expect(
            try HeadOutcome.everyWay(start + "\n") == .refused(.malformed(.bareLineFeed)))
        #expect(
            try HeadOutcome.everyWay(start + "\r\r\n")
                == .refused(.malformed(.bareCarriageReturn)))
        #expect(
            try HeadOutcome.everyWay(start + "\rGET") == .refused(.malformed(.bareCarriageReturn)))
    }

    /// CWE-158 for NUL.
    @Test(arguments: ([0...8, 11...12, 14...31, 127...127] as [ClosedRange<UInt8>]).joined())
    func `a control byte is refused anywhere in a field`(byte: UInt8) throws {
        let start = Array("GET / HTTP/1.1\r\n".utf8)
        let line = Array("Host: a\r\n".utf8)
        for position in 0...line.count {
            let wire = start + line[..<position] + [byte] + line[position...]
            let outcome = try HeadOutcome.everyWay(wire)
            // Between CR and LF it is the CR that is bare.
            let reason: MessageError.Reason = position == 8 ? .bareCarriageReturn : .controlByte
            #expect(outcome == .refused(.malformed(reason)), "at \(position)")
        }
    }

    /// With two credentials it would depend on the reader which of them counts.
    @Test
    func `a second Authorization is refused`() throws {
        let line = "Authorization: Bearer a"
        #expect(try HeadOutcome.everyWay(request(line)).head != nil)
        #expect(
            try HeadOutcome.everyWay(request(line, line)) == .refused(.malformed(.repeatedField)))
    }

    @Test
    func `bytes after the head are not consumed`() throws {
        let first = request("Content-Length: 3")
        let head = try #require(try HeadOutcome.everyWay(first + "\u{0}\n\n" + request()).head)
        #expect(head.length == first.utf8.count)
    }

    @Test
    func `after a head or an error the parser is at the next message`() throws {
        var parser = HeadParser()
        func parse(_ wire: [UInt8]) -> HeadOutcome { HeadOutcome.step(&parser, wire.span) }
        let good = Array(request("Connection: close", "Content-Length: 1").utf8)
        let other = Array("POST /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".utf8)
        let bad = Array("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".utf8)
        let expected = try HeadOutcome.everyWay(other)
        #expect(parse(good).head != nil)
        #expect(parse(other) == expected)
        #expect(parse(bad) == .refused(.malformed(.repeatedHost)))
        #expect(parse(other) == expected)
        #expect(expected.head?.isPersistent == true)
    }
}
