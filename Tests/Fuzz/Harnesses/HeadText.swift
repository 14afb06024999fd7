import HTTP

/// Heads of requests to `/`.
enum HeadText {
    /// The request with these field lines; nil when the parser refuses it.
    static func request(_ lines: [[UInt8]]) -> Request? {
        var head = Array("GET / HTTP/1.1\r\nHost: localhost\r\n".utf8)
        for line in lines { head += line + [13, 10] }
        head += [13, 10]
        var parser = HeadParser()
        return try? parser.parse(head.span)?.request
    }
}
