import Testing

@testable import HTTP

/// RFC 9112 §3, RFC 9110 §5.4: what exceeds a limit is refused immediately.
struct LimitTests {
    static func limits(
        headBytes: Int = 64, targetBytes: Int = 16, fields: Int = 4
    ) -> HeadParser.Limits {
        var limits = HeadParser.Limits()
        limits.headBytes = headBytes
        limits.targetBytes = targetBytes
        limits.fields = fields
        return limits
    }

    @Test
    func `the default limits are those of the contract`() {
        let limits = HeadParser.Limits()
        #expect(limits.headBytes == 32_768)
        #expect(limits.targetBytes == 8_192)
        #expect(limits.fields == 100)
    }

    @Test
    func `a target may be as long as the limit`() throws {
        let target = "/" + String(repeating: "a", count: 15)
        let start = "GET \(target)"
        let outcome = try HeadOutcome.everyWay(
            "\(start) HTTP/1.0\r\n\r\n", limits: Self.limits())
        #expect(outcome.head?.path == target)
        #expect(try HeadOutcome.everyWay(start, limits: Self.limits()) == .incomplete)
        #expect(
            try HeadOutcome.everyWay("\(start)a", limits: Self.limits())
                == .refused(.targetTooLong))
        #expect(
            try HeadOutcome.everyWay("\(start)a HTTP/1.0\r\n\r\n", limits: Self.limits())
                == .refused(.targetTooLong))
    }

    @Test
    func `an incomplete request line that fills the head is refused for its longest part`() throws {
        let method = String(repeating: "A", count: 64)
        #expect(
            try HeadOutcome.everyWay(String(method.dropLast()), limits: Self.limits())
                == .incomplete)
        #expect(
            try HeadOutcome.everyWay(method, limits: Self.limits())
                == .refused(.methodNotImplemented))
        #expect(
            try HeadOutcome.everyWay("\r\n\(method)", limits: Self.limits())
                == .refused(.methodNotImplemented))
        #expect(
            try HeadOutcome.everyWay("GET /aaaaaaaa", limits: Self.limits(headBytes: 12))
                == .refused(.targetTooLong))
    }

    @Test
    func `a head may be as long as the limit`() throws {
        let start = "GET / HTTP/1.0\r\nA: "
        let padding = String(repeating: "a", count: 64 - start.utf8.count - 4)
        let outcome = try HeadOutcome.everyWay(
            "\(start)\(padding)\r\n\r\n", limits: Self.limits())
        #expect(outcome.head?.length == 64)
        #expect(
            try HeadOutcome.everyWay("\(start)\(padding)\r\n\r\nGET", limits: Self.limits())
                .head?.length == 64)
        #expect(
            try HeadOutcome.everyWay("\(start)\(padding)\r\n\r", limits: Self.limits())
                == .incomplete)
        #expect(
            try HeadOutcome.everyWay("\(start)a\(padding)\r\n\r\n", limits: Self.limits())
                == .refused(.fieldsTooLarge))
        #expect(
            try HeadOutcome.everyWay("\(start)\(padding)aaaa", limits: Self.limits())
                == .refused(.fieldsTooLarge))
    }

    @Test
    func `a violated rule within the limit takes precedence over the limit`() throws {
        let wire = "GET / HTTP/1.0\r\nA : " + String(repeating: "a", count: 64)
        #expect(
            try HeadOutcome.everyWay(wire, limits: Self.limits())
                == .refused(.malformed(.fieldName)))
    }

    @Test
    func `a head may have as many fields as the limit`() throws {
        let four = "GET / HTTP/1.0\r\n" + String(repeating: "A:\r\n", count: 4)
        #expect(
            try HeadOutcome.everyWay("\(four)\r\n", limits: Self.limits()).head?.fields.count == 4)
        #expect(
            try HeadOutcome.everyWay("\(four)A:\r\n\r\n", limits: Self.limits())
                == .refused(.fieldsTooLarge))
    }

    @Test
    func `the limits of the contract are exact`() throws {
        func outcome(_ wire: String) -> HeadOutcome {
            var parser = HeadParser()
            return HeadOutcome.step(&parser, Array(wire.utf8).span)
        }
        let target = "/" + String(repeating: "a", count: 8_191)
        #expect(outcome("GET \(target) HTTP/1.0\r\n\r\n").head != nil)
        #expect(outcome("GET \(target)a HTTP/1.0\r\n\r\n") == .refused(.targetTooLong))
        let fields = "GET / HTTP/1.0\r\n" + String(repeating: "A:\r\n", count: 100)
        #expect(outcome("\(fields)\r\n").head?.fields.count == 100)
        #expect(outcome("\(fields)A:\r\n\r\n") == .refused(.fieldsTooLarge))
        let start = "GET / HTTP/1.0\r\nA:"
        let value = String(repeating: "a", count: 32_768 - start.utf8.count - 4)
        #expect(outcome("\(start)\(value)\r\n\r\n").head?.length == 32_768)
        #expect(outcome("\(start)\(value)a\r\n\r\n") == .refused(.fieldsTooLarge))
    }

    /// The ranges of fields are stored in 16 bits.
    @Test
    func `no limit lets a head grow beyond 65536 bytes`() throws {
        let limits = Self.limits(headBytes: .max, targetBytes: .max, fields: .max)
        let start = "GET / HTTP/1.0\r\nA:"
        for (count, isAccepted) in [(65_536, true), (65_537, false), (70_000, false)] {
            let value = String(repeating: "a", count: count - start.utf8.count - 4)
            var parser = HeadParser(limits: limits)
            let outcome = HeadOutcome.step(&parser, Array("\(start)\(value)\r\n\r\n".utf8).span)
            if isAccepted {
                #expect(outcome.head?.fields.first?.value.count == value.utf8.count)
            } else {
                #expect(outcome == .refused(.fieldsTooLarge))
            }
        }
    }
}
