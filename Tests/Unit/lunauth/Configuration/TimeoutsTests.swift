import Server
import Testing

@testable import lunauth

@Suite struct TimeoutsTests {
    /// Each key has a deadline of its own; the one that no key names keeps its default.
    @Test func `every deadline of the configuration arrives at the server`() throws {
        let keys = ["head", "body", "idle", "write", "drain"]
        let members = keys.enumerated().map { "\"\($1)Seconds\":\($0 + 101)" }
        let text = "{\"http\":{\(members.joined(separator: ","))}}"
        var expected = Timeouts()
        expected.head = .seconds(101)
        expected.body = .seconds(102)
        expected.idle = .seconds(103)
        expected.write = .seconds(104)
        expected.drain = .seconds(105)
        #expect(try layered(file: text).checked().http.timeouts == expected)
    }

    /// `Reload` applies these, one by one; a key that is promised and not among them has no line there.
    @Test func `the keys documented as reloadable are those that a reload applies`() {
        let applied = [
            "trustedProxies", "forwardedHeaders", "http.headSeconds", "http.bodySeconds",
            "http.idleSeconds", "http.writeSeconds", "http.drainSeconds", "limits.enabled",
            "limits.tiers.apiKeys", "limits.tiers.sessions", "limits.tiers.free",
            "limits.tiers.pro", "limits.tiers.team", "log.level", "log.format",
        ]
        #expect(ConfigurationKey.all.filter(\.isReloadable).map(\.path) == applied)
    }
}
