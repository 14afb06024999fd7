import HTTP
import TestSupport
import Testing

struct RequestIDTests {
    private func id(_ fields: String..., from peer: Peer = .loopback) throws -> String {
        let text = (["GET /health HTTP/1.1", "Host: a"] + fields).joined(separator: "\n") + "\n\n"
        let harness = try Harness(Site(people: []))
        let answer = try harness.send(text, from: peer)
        let id = try #require(answer["X-Request-Id"])
        #expect(harness.log.lines.contains { $0.contains(" id=\(id) ") })
        return id
    }

    @Test(arguments: ["a", "Az09._-", String(repeating: "x", count: 64)])
    func `a trusted proxy's id is taken`(given: String) throws {
        #expect(try id("X-Request-Id: \(given)") == given)
        #expect(try id("x-request-id: \(given)", from: .local(user: nil)) == given)
    }

    @Test(arguments: [
        "", String(repeating: "x", count: 65), "a b", "a/b", "a\"b", "<a>", "a,b", "é", "a;b",
        "a=b",
    ])
    func `an id that is not well-formed is replaced`(given: String) throws {
        #expect(try id("X-Request-Id: \(given)") != given)
    }

    @Test func `a request id from an untrusted peer is replaced`() throws {
        #expect(try id("X-Request-Id: forged", from: .remote) != "forged")
    }

    @Test func `of two ids neither is taken`() throws {
        let made = try id("X-Request-Id: one", "X-Request-Id: two")
        #expect(made != "one" && made != "two")
    }

    @Test func `ids that are made here are never the same`() throws {
        let harness = try Harness(Site(people: []))
        let ids = try (0..<100).compactMap { _ in try harness.send(get("/health"))["X-Request-Id"] }
        #expect(Set(ids).count == 100)
        let other = try Harness(Site(people: [])).send(get("/health"))["X-Request-Id"]
        #expect(!ids.contains(other ?? ids[0]))
    }
}
