import Testing

@testable import Auth

struct OriginTests {
    @Test(arguments: [
        ("http://example.org", "http://example.org"),
        ("https://example.org/", "https://example.org"),
        ("HTTPS://EXAMPLE.org", "https://example.org"),
        ("http://example.org:80", "http://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://example.org:443", "http://example.org:443"),
        ("https://example.org:80", "https://example.org:80"),
        ("http://example.org:0080", "http://example.org"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]", "http://[::1]"), ("http://[::]", "http://[::]"),
        ("http://[1:2:3:4:5:6:7:8]", "http://[1:2:3:4:5:6:7:8]"),
        ("http://a-b.c_d", "http://a-b.c_d"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080"),
        ("http://localhost:65535", "http://localhost:65535"),
    ])
    func `an origin has a canonical form`(text: String, form: String) {
        #expect(Origin(text)?.description == form)
    }

    @Test(arguments: [
        "", "null", "example.org", "//example.org", "ftp://example.org", "http:/example.org",
        "http://", "https:///", "http://example.org/path", "http://example.org//",
        "http://example.org?q", "http://example.org#f", "http://user@example.org",
        "http://example.org:", "http://example.org:0", "http://example.org:65536",
        "http://example.org:123456", "http://example.org:+80", "http://example.org:8a",
        "http://:80", "http://a b", "http://exämple.org", "http://[::1", "http://[]", "http://]",
        "http://[::1]8080", "http://a[b]", "http://[example]", "http://::1", " http://a.b",
        "http://a.b\n", "javascript:alert(1)", "http://..", "http://a..b", "http://-", "http://a-",
        "http://[:::::]", "http://[:1::2]", "http://[1:2:3:4:5:6:7:8::]", "http://[12345::]",
        "http://[1::2::3]", "http://[1:2]",
    ])
    func `text that is not an http origin is rejected`(text: String) {
        #expect(Origin(text) == nil)
    }

    @Test func `two origins are equal only with the same scheme, host and port`() {
        #expect(Origin("http://a.b") == Origin("http://A.B:80/"))
        #expect(Origin("http://a.b") != Origin("https://a.b"))
        #expect(Origin("http://a.b") != Origin("http://a.b:81"))
        #expect(Origin("http://a.b") != Origin("http://a.c"))
    }

    @Test(arguments: [
        ("http://example.org", true), ("https://auth.example.org:8443", true),
        ("http://a.b.example.org", true), ("http://badexample.org", false), ("http://org", false),
        ("http://example.org.evil", false), ("http://example.com", false),
    ])
    func `a host is within a domain only at a label boundary`(text: String, isWithin: Bool) throws {
        #expect(try #require(Origin(text)).isWithin(domain: "example.org") == isWithin)
    }

    @Test func `a Host header field takes the default port of the scheme`() throws {
        let plain = try #require(Origin(authority: "a.b".utf8, isSecure: false))
        let secure = try #require(Origin(authority: "A.b".utf8, isSecure: true))
        #expect(plain.port == 80 && secure.port == 443)
        #expect(!plain.hasAuthority(of: secure))
        #expect(try secure.hasAuthority(of: #require(Origin("http://a.b:443"))))
    }
}
