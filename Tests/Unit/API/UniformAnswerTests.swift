import API
import Auth
import HTTP
import TestSupport
import Testing
import Web

/// Neither the bytes nor the lane of a response reveal whether an account exists.
struct UniformAnswerTests {
    private static let people = ["nobody", "customer", "owner", "pending", "disabled"]

    /// An answer without what differs in any two.
    private func essence(_ answer: ReceivedAnswer) -> [String] {
        ["\(answer.status.rawValue)", answer.body]
            + answer.fields.filter { $0.name != "X-Request-Id" && $0.name != "Date" }
            .map { "\($0.name): \($0.value)" }
    }

    /// Expects the same answer to a request about each of them, each on a server of its own.
    private func expectUniform(
        _ status: Status, before: (Harness, String) throws -> Void = { _, _ in },
        _ request: (String) -> String
    ) throws {
        var answers: Set<[String]> = []
        for person in Self.people {
            let harness = try Harness()
            try before(harness, person)
            let answer = try harness.send(request(person))
            #expect(answer.status == status, "\(person)")
            answers.insert(essence(answer))
        }
        #expect(answers.count == 1, "\(answers)")
    }

    private func device(of person: String, in harness: Harness) throws -> String {
        let cookie = try #require(try harness.send(Scenario.login(person)).deviceCookie)
        return String(cookie.prefix { $0 != ";" })
    }

    @Test func `a wrong password`() throws {
        try expectUniform(.unauthorized) { Scenario.login($0, "wrong") }
        try expectUniform(.unauthorized) {
            Scenario.login($0, "wrong", "Cookie: session_token={admin.cookie}")
        }
        try expectUniform(.unauthorized) {
            Scenario.login($0, "wrong", "Cookie: session_token_device=x")
        }
    }

    @Test func `a wrong password from a device that is known`() throws {
        let harness = try Harness()
        let cookie = try device(of: "owner", in: harness)
        let answers = try Self.people.map {
            try essence(harness.send(Scenario.login($0, "wrong", "Cookie: \(cookie)")))
        }
        #expect(Set(answers).count == 1)
    }

    @Test func `an attempt too many, and the right password with it`() throws {
        for password in ["wrong", Person.password] {
            try expectUniform(
                .tooManyRequests,
                before: { harness, person in
                    for _ in 0..<5 { _ = try harness.send(Scenario.login(person, "wrong")) }
                }
            ) { Scenario.login($0, password) }
        }
    }

    @Test func `a forgotten password, and the fourth`() throws {
        func forgot(_ person: String) -> String {
            post("/auth/password/forgot", #"{"email":"\#(person)@example.org"}"#)
        }
        try expectUniform(.accepted, forgot)
        try expectUniform(
            .accepted, before: { for _ in 0..<3 { _ = try $0.send(forgot($1)) } }, forgot)
    }

    @Test func `another address`() throws {
        try expectUniform(.accepted) { person in
            post(
                "/auth/email/change",
                #"{"email":"\#(person)@example.org","password":"\#(Person.password)"}"#,
                "Cookie: session_token={member.cookie}")
        }
    }

    @Test(arguments: people)
    func `every login runs on the hashing lane, whether or not the account exists`(person: String)
        throws
    {
        let harness = try Harness()
        let request = try Request(
            wire: Scenario.login(person, "wrong"), from: .remote, through: .public)
        guard case .forward(.hashing, _) = harness.responder.respond(to: request, on: .loop) else {
            Issue.record("answered elsewhere")
            return
        }
        guard case .answer = harness.responder.respond(to: request, on: .hashing) else {
            Issue.record("not answered there")
            return
        }
    }

    @Test func `only administrators see and search accounts`() throws {
        for path in ["/auth/users?query=owner", "/auth/users?query=nobody"] {
            let answer = try Harness().send(get(path, "Cookie: session_token={customer.cookie}"))
            #expect(answer.status == .forbidden)
        }
    }
}
