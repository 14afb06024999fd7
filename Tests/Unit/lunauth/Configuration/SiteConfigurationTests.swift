import Auth
import Testing

@testable import lunauth

extension ConfigurationKeyTests {
    static let siteAccepted: [KeyCase] = [
        .init("pages.enabled", "true"), .init("site.name", text: ""),
        .init("site.name", text: "Books & Co."), .init("site.name", text: "שלום"),
        .init("site.name", text: String(repeating: "n", count: 60)),
        .init("site.accent", text: ""), .init("site.accent", text: "#0a7d5a"),
        .init("site.support", text: ""), .init("site.support", text: "help@example.org"),
        .init("site.support", text: "https://example.org/help?about=lunauth#top"),
        .init("site.support", text: "http://help.example.org:8080"),
        .init("site.logo", text: "/etc/lunauth/logo.svg"),
    ]

    static let siteRefused: [KeyCase] = [
        .init("pages.enabled", "\"yes\"", "yes"), .init("site.name", "7", " "),
        .init("site.name", text: String(repeating: "n", count: 61)),
        .init("site.name", #""a\nb""#, "a\nb"), .init("site.name", text: "a\u{202E}b"),
        .init("site.name", text: "\u{200B}"), .init("site.accent", text: "0a7d5a"),
        .init("site.accent", text: "#fff"), .init("site.accent", text: "#0a7d5a;"),
        .init("site.accent", text: "#0a7d5g"), .init("site.accent", text: "red"),
        .init("site.support", text: "help"), .init("site.support", text: "javascript:alert(1)"),
        .init("site.support", text: "mailto:help@example.org"),
        .init("site.support", text: "https://"), .init("site.support", text: "//example.org"),
        .init("site.support", text: "https://a@example.org"),
        .init("site.support", text: "https://example.org/a b"),
        .init("site.logo", #""a\u0000""#, "a\u{0}"),
    ]
}

@Suite struct SiteConfigurationTests {
    @Test func `without pages browsers are redirected to those of the operator`() throws {
        let read = try layered(file: #"{"pages":{"enabled":false}}"#)
        let values = try read.checked()
        #expect(values.pages.login == "/login" && values.session.logoutRedirect == "/login")
        #expect(values.pages.register == "/register")
        #expect(read.report().contains("pages.login = /login (default)"))
        let chosen = try layered(
            file: #"{"pages":{"enabled":false,"login":"/in"}}"#,
            environment: ["LUNAUTH_SESSION_LOGOUTREDIRECT": "/auth/login"]
        ).checked()
        #expect(chosen.pages.login == "/in" && chosen.session.logoutRedirect == "/auth/login")
        let standard = try layered().checked()
        #expect(standard.pages.enabled && standard.pages.login == "/auth/login")
        #expect(standard.session.logoutRedirect == "/auth/login")
    }

    @Test func `what the configuration sets is fixed and names its place`() throws {
        let read = try layered(
            file: ##"{"site":{"name":"Luna","accent":"#0A7D5A","support":""}}"##,
            environment: ["LUNAUTH_SITE_NAME": "Moon"])
        let rules = read.siteRules
        #expect(rules.name?.value.text == "Moon" && rules.accent?.value.hex == "#0a7d5a")
        #expect(rules.name?.place == .environment(variable: "LUNAUTH_SITE_NAME"))
        #expect(rules.accent?.place == .file(key: "site.accent"))
        #expect(rules.support == nil, "an empty text leaves it to the owner")
        #expect(try layered().siteRules == SiteRules())
    }

    @Test func `the report names what the owner chose where the configuration leaves it open`()
        throws
    {
        var settings = Settings()
        (settings.siteName, settings.siteAccent) = ("Stored", "#000000")
        let read = try layered(file: #"{"site":{"name":"Luna"}}"#)
        let lines = read.report(with: settings).split(separator: "\n").map(String.init)
        #expect(lines.contains("site.name = Luna (/etc/lunauth/config.json)"))
        #expect(lines.contains("site.accent = #000000 (database)"))
        #expect(lines.contains("site.support =  (default)"))
        #expect(lines.count == ConfigurationKey.all.count)
    }

    @Test func `an empty variable gives back to the owner what the file fixes`() throws {
        let read = try layered(
            file: #"{"site":{"name":"Luna"}}"#, environment: ["LUNAUTH_SITE_NAME": ""])
        #expect(read.siteRules.name == nil)
    }

    @Test func `the file of a logo is relative to the configuration`() throws {
        #expect(
            try layered(file: #"{"site":{"logo":"logo.png"}}"#).checked().site.logo
                == "/etc/lunauth/logo.png")
        #expect(try layered().checked().site.logo == "")
    }
}
