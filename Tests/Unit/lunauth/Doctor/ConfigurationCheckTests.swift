import Auth
import Server
import TestSupport
import Testing

@testable import lunauth

/// The checks `config.*`, `files.secrets` and `setup.code`.
struct ConfigurationCheckTests {
    @Test(
        arguments: [
            ("config.password-rules", "password.iterations", "1000"),
            ("config.password-rules", "password.minimumLength", "4"),
            ("config.trusted-proxies", "trustedProxies", "[\"0.0.0.0/0\"]"),
            ("config.plain-http", "listen", "[\"0.0.0.0:8080\"]"),
            ("config.unused", "mail.smtp.host", "\"mail.example.com\""),
        ])
    func `a weak or useless value is a warning`(id: String, key: String, value: String) throws {
        let findings = try Examination.of(file: file(key, value)).findings(of: id)
        #expect(findings.map(\.severity) == [.warning])
        #expect(findings.first?.text.contains(key == "listen" ? "0.0.0.0:8080" : key) == true)
        #expect(try Examination.of().findings(of: id).map(\.severity) == [.ok])
    }

    @Test func `each warning of the start has a check`() throws {
        let examination = try Examination.of(
            file: """
                {"password":{"iterations":1000,"minimumLength":4},"trustedProxies":["::/0"],\
                "websiteUrl":"http://localhost:1"}
                """, environment: ["LUNAUTH_SETUP_CODE": "short"])
        let found = ["config.password-rules", "config.trusted-proxies", "setup.code"]
            .flatMap { (try? examination.findings(of: $0)) ?? [] }.map(\.text)
        #expect(Set(found) == Set(examination.loaded.layers.warnings))
    }

    @Test func `a logo that is not there is an error, a checkpoint that cannot be sent a warning`()
        throws
    {
        let logo = try Examination.of(file: file("site.logo", "\"/nonexistent/logo.png\""))
        let missing = try logo.findings(of: "config.values")
        #expect(missing.map(\.severity) == [.error])
        #expect(missing.first?.text.contains("site.logo") == true)
        let checkpoint = try Examination.of(
            file: file("audit.checkpoint", "\"|/nonexistent/program\""))
        #expect(try checkpoint.findings(of: "config.values").map(\.severity) == [.warning])
        #expect(try Examination.of().findings(of: "config.values").map(\.severity) == [.ok])
    }

    @Test func `a site in clear text is an error beyond this machine alone`() throws {
        func severities(_ website: String) throws -> [Severity] {
            try Examination.of(environment: ["LUNAUTH_WEBSITEURL": website])
                .findings(of: "config.plain-http").map(\.severity)
        }
        #expect(try severities("http://auth.example.com") == [.error])
        #expect(try severities("https://auth.example.com") == [.ok])
        #expect(try severities("http://localhost:3000") == [.ok])
        #expect(try severities("http://[::1]:3000") == [.ok])
    }

    @Test func `an open listener is fine behind a proxy that is named`() throws {
        let website = try #require(Origin("https://auth.example.com"))
        let listen = try [#require(ListenAddress("0.0.0.0:8080"))]
        let alone = PlainHTTP.findings(
            website: website, listen: listen, trustsOtherMachines: false)
        #expect(alone.map(\.severity) == [.warning])
        #expect(
            PlainHTTP.findings(website: website, listen: listen, trustsOtherMachines: true).isEmpty)
    }

    @Test
    func `a key beside one that is handed over, and a configuration among the data, are unused`()
        throws
    {
        let directory = try TemporaryDirectory()
        try make("\(directory.path)/secret.key")
        try make("\(directory.path)/config.json")
        let key = String(repeating: "0123456789abcdef", count: 4)
        let examination = try Examination.of(
            directory.path, environment: ["LUNAUTH_SECRET_KEY": key])
        let findings = try examination.findings(of: "config.unused")
        #expect(findings.map(\.severity) == [.warning, .warning])
        #expect(findings.contains { $0.text.contains("/config.json is not read") })
        #expect(findings.contains { $0.text.contains("/secret.key is not read") })
        #expect(findings.allSatisfy { !$0.text.contains(key) })
    }
}
