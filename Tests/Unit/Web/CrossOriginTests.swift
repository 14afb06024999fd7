import Auth
import HTTP
import TestSupport
import Testing

@testable import Web

struct CrossOriginTests {
    @Test(arguments: [
        ([], false), (["same-origin"], false), (["same-site"], false), (["none"], false),
        (["cross-site"], true), ([""], true), (["SAME-SITE"], true), (["same-site, none"], true),
        (["none", "cross-site"], true),
    ])
    func `a link on another site signs out only after a question`(sites: [String], asks: Bool)
        throws
    {
        let request = try request(sites.map { "Sec-Fetch-Site: \($0)" })
        #expect(CrossOrigin.asksFirst(request) == asks)
    }

    @Test(arguments: [
        ([], false), (["Sec-Fetch-Site: same-origin"], true), (["Origin: null"], true),
        (["Origin: https://a.example"], true), (["Referer: https://a.example"], false),
        (["Sec-Fetch-Mode: navigate"], false),
    ])
    func `a browser says where its form comes from`(fields: [String], isDeclared: Bool) throws {
        #expect(CrossOrigin.isDeclared(try request(fields)) == isDeclared)
    }

    private func request(_ fields: [String]) throws -> Request {
        let lines = fields.map { "\($0)\n" }.joined()
        return try Request(wire: "GET /auth/logout HTTP/1.1\nHost: a\n\(lines)\n")
    }
}
