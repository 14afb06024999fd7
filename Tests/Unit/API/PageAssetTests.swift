import HTTP
import Testing

/// What the pages load, as a browser and its caches see it.
struct PageAssetTests {
    private let harness: Harness

    init() throws {
        harness = try Harness()
    }

    /// The addresses that the sign-in page loads.
    private func addresses() throws -> [String] {
        let page = try harness.send(
            "GET /auth/login HTTP/1.1\nHost: localhost\nAccept: text/html\n\n")
        return page.body.matches(of: /(href|src)="(?<address>\/auth\/assets\/[^"]+)"/)
            .map { String($0.output.address) }
    }

    /// Browsers and proxies prefer many types; none of them changes a style sheet.
    @Test(arguments: ["text/css,*/*;q=0.1", "*/*", "text/html", "application/json"])
    func `a page loads its style sheet and scripts`(accept: String) throws {
        let addresses = try addresses()
        // One script is of every page, one of those where a passkey may be used.
        #expect(addresses.count == 3)
        for address in addresses {
            for method in ["GET", "HEAD"] {
                let answer = try harness.send(
                    "\(method) \(address) HTTP/1.1\nHost: localhost\nAccept: \(accept)\n\n")
                #expect(answer.status == .ok)
                #expect(answer["Cache-Control"] == "public, max-age=31536000, immutable")
                #expect(answer["Vary"] == "Accept-Encoding")
                #expect(answer["Set-Cookie"] == nil)
            }
        }
    }

    @Test(arguments: ["", "unknown.css", "AAAAAAAAAAAAAAAAAAAAAA.js"])
    func `another address is found nowhere, and not kept`(rest: String) throws {
        for accept in ["text/html", "*/*"] {
            let answer = try harness.send(
                "GET /auth/assets/\(rest) HTTP/1.1\nHost: localhost\nAccept: \(accept)\n\n")
            #expect(answer.status == .notFound)
            #expect(answer["Cache-Control"] == "no-store")
        }
    }
}
