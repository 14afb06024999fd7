import API
import Auth
import HTTP
import JSON
import Logging
import Server
import Testing
import Web

@testable import lunauth

@Suite struct ConfigurationTests {
    private let example = "\(#filePath.split(separator: "/").dropLast(5).joined(separator: "/"))"

    private func exampleFile() throws -> ConfigurationFile {
        try #require(
            try ConfigurationFile.read(
                named: "/\(example)/config.example.json", workingDirectory: "/"))
    }

    @Test func `the example contains the defaults`() throws {
        let file = try exampleFile()
        let read = try LayeredConfiguration(file: file, environment: [:], workingDirectory: "/srv")
        var defaults = Configuration()
        defaults.dataDirectory = "/\(example)/data"
        #expect(try read.checked() == defaults)
        #expect(read.warnings == [])
    }

    @Test func `the example contains every key and nothing else`() throws {
        func paths(_ json: JSONValue, _ path: String) -> [String] {
            guard case .object(let members) = json else { return [path] }
            return members.flatMap { paths($1, path.isEmpty ? $0 : "\(path).\($0)") }
        }
        let found = paths(try JSONValue.decode(try exampleFile().bytes), "")
        #expect(found.sorted() == ConfigurationKey.all.map(\.memberPath).sorted())
    }

    @Test func `the defaults are the documented ones`() throws {
        let defaults = try layered().checked()
        #expect(defaults.listen == [.tcp(.v4(0x7F00_0001), port: 8080)])
        #expect(defaults.admin.listen == .tcp(.v4(0x7F00_0001), port: 8081))
        #expect(defaults.dataDirectory == "/srv/data")
        #expect(defaults.websiteURL == Origin("http://127.0.0.1:8080"))
        #expect(
            defaults.trustedProxies
                == ["127.0.0.1/32", "::1/128"].map {
                    AddressPrefix(parsing: $0.utf8)
                })
        #expect(defaults.session.sameSite == .lax)
        #expect(defaults.log.level == .info)
        #expect(defaults.limits.enabled)
    }

    @Test func `each key has a variable of its own`() {
        let variables = ConfigurationKey.all.map(\.variable) + LayeredConfiguration.otherVariables
        #expect(Set(variables).count == variables.count)
        #expect(
            variables.count
                == ConfigurationKey.all.count + SecretInput.outsideOfFiles.count
                + SecretInput.all.count)
        #expect(variables.contains("LUNAUTH_SESSION_COOKIENAME"))
        #expect(variables.contains("LUNAUTH_WEBSITEURL"))
        #expect(variables.contains("LUNAUTH_HTTP_MAXIMUMCONNECTIONS"))
    }

    @Test func `the keys that changed are named, and whether they need a restart`() throws {
        let old = Configuration()
        #expect(ConfigurationKey.changed(from: old, to: old).isEmpty)
        var new = old
        new.log.level = .debug
        new.http.idleSeconds = 60
        new.http.maximumConnections = 5
        new.trustedProxies = []
        new.limits.enabled = false
        new.session.cookieName = "sid"
        let changed = ConfigurationKey.changed(from: old, to: new)
        #expect(
            changed.filter(\.isReloadable).map(\.path)
                == ["trustedProxies", "http.idleSeconds", "limits.enabled", "log.level"])
        #expect(
            changed.filter { !$0.isReloadable }.map(\.path)
                == ["http.maximumConnections", "session.cookieName"])
    }
}
