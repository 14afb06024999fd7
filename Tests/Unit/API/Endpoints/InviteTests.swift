import API
import Auth
import HTTP
import JSON
import TestSupport
import Testing
import Web

/// What happens to one invitation, from its making to its end.
struct InviteTests {
    private let harness: Harness
    private let code: String
    private let id: String
    private static let owner = "Cookie: session_token={owner.cookie}"

    init() throws {
        harness = try Harness()
        let made = try harness.send(post("/auth/invites", #"{"maxUses":2}"#, Self.owner))
        #expect(made.status == .created)
        code = try Self.member("code", of: made)
        id = try Self.member("id", of: made)
        #expect(try Self.member("link", of: made).hasSuffix("?invite=\(code)"))
    }

    private static func member(_ name: String, of answer: ReceivedAnswer) throws -> String {
        guard case .object(let members) = try JSONValue.decode(Array(answer.body.utf8)),
            case .string(let text) = members[name]
        else {
            Issue.record("no \(name) in \(answer.body)")
            return ""
        }
        return text
    }

    private func register(_ name: String) throws -> ReceivedAnswer {
        try harness.send(
            post(
                "/auth/register?invite=\(code)",
                #"{"username":"\#(name)","email":"\#(name)@example.org","password":"\#(Person.password)"}"#
            ))
    }

    private func patch(_ body: String) throws -> ReceivedAnswer {
        try harness.send(send("PATCH", "/auth/invites/\(id)", body, Self.owner))
    }

    @Test func `an invitation opens accounts while registration is closed, and counts them`() throws
    {
        harness.world.store.change { $0.settings.register = false }
        #expect(try register("ada").status == .created)
        #expect(try patch("{}").body.contains(#""maxUses":2,"uses":1"#))
        #expect(try register("bob").status == .created)
        #expect(try register("eve").code == .invalidInvite)
    }

    private func register(
        _ name: String, query: String, body: String
    ) throws -> ReceivedAnswer {
        let person =
            #"{"username":"\#(name)","email":"\#(name)@example.org","password":"\#(Person.password)""#
        return try harness.send(post("/auth/register\(query)", person + body + "}"))
    }

    @Test func `it counts in the body as in the query`() throws {
        let inBody = #","invite":"\#(code)""#
        #expect(try register("ada", query: "", body: inBody).status == .created)
        #expect(try register("bob", query: "?invite=\(code)", body: inBody).status == .created)
        #expect(try register("eve", query: "", body: inBody).code == .invalidInvite)
        let number = try register("eve", query: "", body: #","invite":1"#)
        #expect(number.body.contains(#""fields":{"invite":"must be a string"}"#))
    }

    @Test func `of two codes neither counts`() throws {
        let other = #","invite":"another""#
        #expect(try register("ada", query: "?invite=\(code)", body: other).code == .invalidInvite)
        let twice = "?invite=\(code)&invite=another"
        #expect(try register("ada", query: twice, body: "").code == .invalidInvite)
    }

    @Test(arguments: [("?invite=", ""), ("", #","invite":"""#), ("?invite=&invite=", "")])
    func `an empty one is none`(query: String, body: String) throws {
        #expect(try register("ada", query: query, body: body).status == .accepted)
        harness.world.store.change { $0.settings.register = false }
        #expect(try register("bob", query: query, body: body).code == .registrationClosed)
    }

    @Test func `a change with members that are unknown is refused`() throws {
        let answer = try patch(#"{"paused":true,"Paused":true}"#)
        #expect(answer.body.contains(#""fields":{"Paused":"is unknown"}"#))
        #expect(try register("ada").status == .created)
    }

    @Test func `it rests while it is paused`() throws {
        let paused = try patch(#"{"paused":true}"#)
        #expect(paused.status == .ok && paused.body.contains(#""paused":true"#))
        #expect(!paused.body.contains(code))
        #expect(try register("ada").code == .invalidInvite)
        #expect(try patch(#"{"paused":false}"#).body.contains(#""paused":false"#))
        #expect(try register("ada").status == .created)
    }

    @Test func `it ends when it is removed`() throws {
        let path = "/auth/invites/\(id)"
        let removed = try harness.send(send("DELETE", path, "", Self.owner))
        #expect(removed.status == .ok && removed.body == #"{"success":true}"#)
        #expect(try harness.send(send("DELETE", path, "", Self.owner)).code == .notFound)
        #expect(try patch("{}").code == .notFound)
        #expect(try register("ada").code == .invalidInvite)
    }

    @Test func `its pages follow each other`() throws {
        _ = try harness.send(post("/auth/invites", "{}", Self.owner))
        let first = try harness.send(get("/auth/invites?limit=1", Self.owner))
        let cursor = try Self.member("nextCursor", of: first)
        let second = try harness.send(get("/auth/invites?limit=1&cursor=\(cursor)", Self.owner))
        #expect(second.body.contains(#""nextCursor":null"#))
        #expect(first.body.contains(id) != second.body.contains(id))
    }
}
