import Glibc
import Pages
import Testing
import TestSupport

@testable import lunauth

extension TemporaryDirectory {
    /// Makes a file.
    fileprivate func write(_ bytes: [UInt8], to name: String) throws {
        let file = try #require(fopen("\(path)/\(name)", "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}

@Suite struct SiteLogoTests {
    private static let png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] as [UInt8]
    private static let webp = Array("RIFF\u{1}\u{0}\u{0}\u{0}WEBPVP8 ".utf8)

    @Test(arguments: [
        "<svg/>", "<svg>", "<svg xmlns=\"http://www.w3.org/2000/svg\">", "<svg\n\tid=\"a\"/>",
        "\u{FEFF}<?xml version=\"1.0\"?>\r\n<!-- <svg> --> <svg></svg>",
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\"><svg>",
        "<!DOCTYPE svg [ <!ENTITY a \"http://example.org/>\"> ]\n>\n<svg>",
    ])
    func `an SVG is recognised by its root element`(text: String) {
        #expect(SiteLogo(Array(text.utf8))?.format == .svg)
    }

    @Test(arguments: [
        "", "<", "<svg", "<svgx>", "<html><svg>", "<?xml version=\"1.0\"", "<!-- <svg>", "svg",
        "<!DOCTYPE html><html>", "GIF89a", "{\"svg\":1}", "<!DOCTYPE svg [ <svg>", "RIFF",
        "RIFF1234WAVE", "\u{1}PNG\r\n",
    ])
    func `any other text is no logo`(text: String) {
        #expect(SiteLogo(Array(text.utf8)) == nil)
    }

    @Test func `PNG and WebP are recognised by their signatures`() {
        #expect(SiteLogo(Self.png)?.format == .png && SiteLogo(Self.webp)?.format == .webp)
        for cut in Self.png.indices { #expect(SiteLogo(Array(Self.png[..<cut])) == nil) }
        for cut in 0..<12 { #expect(SiteLogo(Array(Self.webp[..<cut])) == nil) }
        #expect(
            SiteLogo.Format.allCases.map(\.mediaType)
                == ["image/png", "image/webp", "image/svg+xml"])
    }

    @Test func `a logo has at most 256 KiB`() {
        let most = Self.png + [UInt8](repeating: 0, count: 262_144 - Self.png.count)
        #expect(SiteLogo(most)?.bytes == most)
        #expect(SiteLogo(most + [0]) == nil)
    }

    private func loaded(_ path: String) throws -> LoadedConfiguration {
        let layers = try layered(environment: ["LUNAUTH_SITE_LOGO": path])
        return LoadedConfiguration(layers: layers, values: try layers.checked(), setup: nil)
    }

    @Test func `the file that the configuration names is read`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.png, to: "logo")
        #expect(try loaded("\(directory.path)/logo").siteLogo() == SiteLogo(Self.png))
        #expect(try loaded("").siteLogo() == nil)
    }

    @Test(arguments: [
        ("absent", "no file"), ("text", "another file"), (".", "not a regular file"),
        ("large", "larger than 262144 bytes"),
    ])
    func `a file that is no logo stops the start with its key`(name: String, found: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write(Array("hello".utf8), to: "text")
        try directory.write([UInt8](repeating: 0, count: 262_145), to: "large")
        let loaded = try loaded("\(directory.path)/\(name)")
        let error = #expect(throws: ConfigurationError.self) { try loaded.siteLogo() }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix("site.logo (environment LUNAUTH_SITE_LOGO): found "))
        #expect(text.contains(found) && text.contains("\(directory.path)/\(name)"))
        #expect(text.hasSuffix("expected a PNG, WebP or SVG file of at most 256 KiB"))
    }
}
