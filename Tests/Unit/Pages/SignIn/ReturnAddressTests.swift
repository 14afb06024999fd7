import Auth
import Testing

@testable import Pages

struct ReturnAddressTests {
    private static func address(_ text: String) -> ReturnAddress? {
        ReturnAddress(text) { "\($0)" == "https://app.example.org" || $0.port == 8443 }
    }

    @Test(
        arguments: [
            ("/auth/account", "/auth/account", nil),
            ("/a?b=c#d", "/a?b=c#d", nil),
            ("/", "/", nil),
            ("https://app.example.org", "https://app.example.org/", "app.example.org"),
            (
                "https://app.example.org/a?b=c#d", "https://app.example.org/a?b=c#d",
                "app.example.org"
            ),
            ("https://app.example.org?b=/c", "https://app.example.org/?b=/c", "app.example.org"),
            ("https://app.example.org#/c", "https://app.example.org/#/c", "app.example.org"),
            ("HTTPS://APP.example.ORG:443/A", "https://app.example.org/A", "app.example.org"),
            ("https://[::1]:8443/", "https://[::1]:8443/", "[::1]:8443"),
            (
                "https://app.example.org//evil.example", "https://app.example.org//evil.example",
                "app.example.org"
            ),
        ] as [(String, String, String?)])
    func `an address of the list is built of its parsed origin`(
        text: String, location: String, host: String?
    ) throws {
        let address = try #require(Self.address(text))
        #expect(address.location == location)
        #expect(address.host == host)
    }

    @Test(arguments: [
        "", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "account",
        "https:app.example.org", "https:/app.example.org", "https:///app.example.org",
        "https://evil.example/", "https://app.example.org.evil.example/",
        "https://app.example.org@evil.example/", "https://evil.example\\@app.example.org/",
        "https://user@app.example.org/", "http://app.example.org/", "https://app.example.org:444/",
        "javascript:alert(1)", "data:text/html,x", "/a\r\nX: y", "/a b", "/\u{9}/evil.example",
        "/\u{fc}", " /a", "https://app.example.org/\u{0}",
        "/" + String(repeating: "a", count: 2_048),
    ])
    func `any other address is ignored`(text: String) {
        #expect(Self.address(text) == nil)
    }
}
