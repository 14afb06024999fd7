import Auth
import HTTP
import TestSupport
import Testing
import Web

@testable import Pages

struct AssetTests {
    private let asset = Asset(Array(Script.text.utf8), .script)

    private func response(_ fields: String..., to asset: Asset? = nil) throws -> Response {
        let lines = fields.map { $0 + "\n" }.joined()
        let request = try Request(wire: "GET /auth/assets/a HTTP/1.1\nHost: a\n\(lines)\n")
        return (asset ?? self.asset).response(to: request, id: .given([0x61]))
    }

    @Test func `an asset is kept for a year under an address of its content`() throws {
        let response = try response()
        #expect(response.status == .ok)
        #expect(response.body == Array(Script.text.utf8))
        #expect(response["Cache-Control"] == "public, max-age=31536000, immutable")
        #expect(response["Content-Type"] == "text/javascript; charset=utf-8")
        #expect(response["X-Content-Type-Options"] == "nosniff")
        #expect(response["X-Request-Id"] == "a")
        #expect(asset.path.wholeMatch(of: /\/auth\/assets\/[A-Za-z0-9_-]{22}\.js/) != nil)
        #expect(Asset([1], .script).path != Asset([2], .script).path)
        #expect(Asset([1], .script).path == Asset([1], .script).path)
    }

    @Test func `each coding has an entity tag of its own`() throws {
        let plain = try response()
        let coded = try response("Accept-Encoding: gzip")
        #expect(coded["Content-Encoding"] == "gzip")
        #expect(plain["Content-Encoding"] == nil)
        #expect(coded.body.starts(with: [0x1F, 0x8B]))
        #expect(coded["ETag"] != plain["ETag"])
        #expect(coded["Vary"] == "Accept-Encoding" && plain["Vary"] == "Accept-Encoding")
    }

    @Test func `a client that has it gets no content`() throws {
        for coding in ["identity", "gzip"] {
            let accept = "Accept-Encoding: \(coding)"
            let tag = try #require(try response(accept)["ETag"])
            for field in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let unchanged = try response(accept, "If-None-Match: \(field)")
                #expect(unchanged.status == .notModified, "\(field)")
                #expect(unchanged.body.isEmpty)
                #expect(unchanged["ETag"] == tag)
                #expect(unchanged["Cache-Control"] == "public, max-age=31536000, immutable")
                #expect(unchanged["Vary"] == "Accept-Encoding")
            }
            for field in ["\"other\"", String(tag.dropFirst()), "", "x\(tag)"] {
                #expect(try response(accept, "If-None-Match: \(field)").status == .ok, "\(field)")
            }
        }
        let other = try #require(try response()["ETag"])
        #expect(
            try response("Accept-Encoding: gzip", "If-None-Match: \(other)").status == .ok,
            "the tag of another coding")
    }

    /// A drawing may contain scripts.
    @Test func `a logo opened by its address has no rights`() throws {
        let bytes = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".utf8)
        let logo = try #require(SiteLogo(bytes))
        let asset = Asset(logo.bytes, .image(logo.format))
        let response = try response(to: asset)
        #expect(response["Content-Type"] == "image/svg+xml")
        #expect(response["Content-Security-Policy"] == "default-src 'none'; sandbox")
        #expect(asset.path.hasSuffix(".svg"))
    }

    @Test func `style sheets of the last accents are kept`() throws {
        let assets = Assets(logo: nil)
        let colours = try (0..<6).map { try #require(SiteAccent("#00000\($0)")) }
        let paths = colours.map { assets.styleSheet($0).path }
        #expect(Set(paths).count == colours.count)
        let present = colours[5]
        let found = paths.map { assets.asset(at: Array($0.utf8)[...], accent: present) != nil }
        #expect(found == [false, false, false, true, true, true])
        #expect(assets.styleSheet(colours[0]).path == paths[0], "the content decides")
    }

    @Test func `the present style sheet is found before any page was`() {
        let path = Assets(logo: nil).styleSheet(.standard).path
        let assets = Assets(logo: nil)
        #expect(assets.asset(at: Array(path.utf8)[...], accent: .standard) != nil)
        #expect(assets.asset(at: Array("\(path)x".utf8)[...], accent: .standard) == nil)
        #expect(assets.asset(at: Array(Asset.prefix.utf8)[...], accent: .standard) == nil)
    }
}

extension Response {
    /// The value of a field; nil without one.
    fileprivate subscript(name: String) -> String? {
        String(decoding: fields.bytes, as: UTF8.self).split(separator: "\r\n")
            .first { $0.hasPrefix("\(name): ") }
            .map { String($0.dropFirst(name.count + 2)) }
    }
}
