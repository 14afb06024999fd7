import Testing

@testable import HTTP

/// RFC 9112 §3.2, RFC 9110 §7.2, RFC 3986 §3.2.2.
struct HostTests {
    @Test(arguments: [
        "a", "example.com", "example.com:80", "example.com:0", "example.com:65535", "example.com:",
        "EXAMPLE.com.", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080", "[2001:DB8::1]",
        "[::ffff:127.0.0.1]", "a_b-c~d", "a%41", "!$&'()*+,;=", "256.1.1.1", "example.com:00080",
    ])
    func `a valid host and port are accepted`(value: String) throws {
        let outcome = try HeadOutcome.everyWay("GET / HTTP/1.1\r\nHost:\t\(value) \r\n\r\n")
        #expect(outcome.head?.authority == value)
    }

    @Test(arguments: [
        "", ":", ":80", "a:b", "a:65536", "a:99999", "a:100000", "a:000080", "a:-1", "a:+1",
        "a:80:80", "a:8 0", "a b", "a/", "/a", "a/b", "a?b", "a#b", "u@a", "u:p@a", "a@", "\"a\"",
        "a\\b", "a,b:80:", "http://a", "\u{E9}.example", "a%", "a%4", "a%4g", "a%zz", "::1",
        "[", "]", "[]", "[::1", "::1]", "[::1]a", "[::1]:a", "[::1]:65536", "[[::1]]",
        "[127.0.0.1]",
        "[::1%25eth0]", "[fe80::1%eth0]", "[v1.a]", "[::1]]", "[:::1]", "[1::2::3]", "[g::]",
        "a[::1]", "<a>", "a|b", "a^b", "{a}", "a`b",
    ])
    func `an invalid host is refused`(value: String) throws {
        for version in ["1.0", "1.1"] {
            let outcome = try HeadOutcome.everyWay(
                "GET / HTTP/\(version)\r\nHost: \(value)\r\n\r\n")
            #expect(outcome == .refused(.malformed(.invalidHost)), "HTTP/\(version)")
        }
    }

    @Test
    func `a missing Host is refused in HTTP 1_1 only`() throws {
        #expect(
            try HeadOutcome.everyWay("GET / HTTP/1.1\r\nCookie: a\r\n\r\n")
                == .refused(.malformed(.missingHost)))
        #expect(
            try HeadOutcome.everyWay("GET / HTTP/1.1\r\n\r\n")
                == .refused(.malformed(.missingHost)))
        let head = try #require(try HeadOutcome.everyWay("GET / HTTP/1.0\r\n\r\n").head)
        #expect(head.authority == nil)
    }

    /// Routing by one and trusting the other is CWE-444.
    @Test(arguments: ["1.0", "1.1"])
    func `a second Host is refused even when equal`(version: String) throws {
        let outcome = try HeadOutcome.everyWay(
            request("host: example.com", version: version))
        #expect(outcome == .refused(.malformed(.repeatedHost)))
    }

    @Test
    func `an absolute-form target still requires a valid Host`() throws {
        #expect(
            try HeadOutcome.everyWay("GET http://a/ HTTP/1.1\r\n\r\n")
                == .refused(.malformed(.missingHost)))
        #expect(
            try HeadOutcome.everyWay("GET http://a/ HTTP/1.1\r\nHost: b/c\r\n\r\n")
                == .refused(.malformed(.invalidHost)))
        let head = try HeadOutcome.everyWay("GET http://a/ HTTP/1.0\r\n\r\n").head
        #expect(head?.authority == "a")
    }
}
