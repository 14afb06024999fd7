import Auth
import Testing

@testable import Web

struct ReturnOriginTests {
    @Test(arguments: [
        ("https://app.example.org", "https://app.example.org", true),
        ("https://app.example.org", "https://app.example.org:443", true),
        ("https://app.example.org", "http://app.example.org", false),
        ("https://app.example.org", "https://a.app.example.org", false),
        ("https://*.example.org", "https://app.example.org", true),
        ("https://*.example.org", "https://a.b.example.org", true),
        ("https://*.example.org", "https://example.org", false),
        ("https://*.example.org", "https://aexample.org", false),
        ("https://*.example.org", "http://app.example.org", false),
        ("https://*.example.org", "https://app.example.org:8443", false),
        ("https://*.example.org:8443", "https://app.example.org:8443", true),
        ("http://*.example.org", "http://app.example.org", true),
    ])
    func `an origin is one of those below or it is not`(
        text: String, origin: String, isIncluded: Bool
    ) throws {
        let pattern = try #require(ReturnOrigin(text))
        #expect(pattern.includes(try #require(Origin(origin))) == isIncluded)
    }

    @Test(arguments: [
        "", "*", "https://*", "https://*.", "https://*.org", "https://*.localhost", "*.example.org",
        "https://*example.org", "https://a.*.org", "https://*.*.example.org", "https://*.[::1]",
        "https://*.example.org/x", "https://example.org/x", "https://a@example.org", "ftp://a.b",
        "https://example.org.", "https://*.example.org.", "https://*.exämple.org", "null",
    ])
    func `what is no origin is refused`(text: String) {
        #expect(ReturnOrigin(text) == nil)
    }

    @Test(arguments: ["https://a.b", "https://*.a.b", "http://*.a.b:8080"])
    func `an origin has one form`(text: String) {
        #expect(ReturnOrigin(text.uppercased())?.description == text)
    }
}
