import Auth
import Testing

@testable import Web

/// Where a browser may be sent after sign-in.
struct ReturnAddressTests {
    private let origins = ReturnOrigins(
        ["https://app.example.org", "https://*.apps.example.org"].compactMap(ReturnOrigin.init))

    private func address(_ text: String) throws -> ReturnAddress? {
        let website = try #require(Origin("https://auth.example.org"))
        return ReturnAddress(text, allowedBy: origins, website: website)
    }

    @Test(arguments: [
        ("/", "/"), ("/auth/account?x=y#keys", "/auth/account?x=y#keys"), ("/a//b", "/a//b"),
        ("https://app.example.org", "https://app.example.org/"),
        ("HTTPS://App.Example.Org:443/A?b", "https://app.example.org/A?b"),
        ("https://app.example.org?b", "https://app.example.org/?b"),
        ("https://app.example.org#b", "https://app.example.org/#b"),
        ("https://a.apps.example.org/x", "https://a.apps.example.org/x"),
        ("https://auth.example.org/x", "https://auth.example.org/x"),
    ])
    func `an allowed address is returned in one spelling`(text: String, location: String) throws {
        let address = try #require(try address(text))
        #expect(address.location == location)
        #expect((address.origin == nil) == text.hasPrefix("/"))
    }

    @Test(arguments: [
        "", "x", "//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example",
        "https:/app.example.org", "https:app.example.org", "https:///app.example.org",
        "https://evil.example", "http://app.example.org", "https://app.example.org:444",
        "https://app.example.org@evil.example", "https://evil.example@app.example.org",
        "https://user@app.example.org/", "https://app.example.org:x@evil.example/",
        "https://app.example.org.evil.example", "https://apps.example.org",
        "https://app.example.org\\@evil.example", "https://app.example.org%2eevil.example",
        "javascript:alert(1)", "data:text/html,x", "ftp://app.example.org", " /x", "/x y", "/\tx",
        "/x\r\nSet-Cookie: a=b", "/\u{0}", "/é", "https://app.example.org/é", "/\u{7F}",
        "/" + String(repeating: "a", count: 2_048), "https://\u{430}pp.example.org",
        "/auth/logout", "/auth/logout?x", "/auth/logout#x", "/x/../auth/logout",
        "/x/%2E%2e/auth/logout", "/./auth/logout", "https://auth.example.org/auth/logout",
    ])
    func `any other address is refused`(text: String) throws {
        #expect(try address(text) == nil)
    }
}
