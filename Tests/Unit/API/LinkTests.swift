import API
import Auth
import Crypto
import HTTP
import JSON
import TestSupport
import Testing
import Web

/// What scenarios cannot say: links that the server made, keys, and what stands in the log.
struct LinkTests {
    private let harness: Harness
    private let world: World

    init() throws {
        harness = try Harness()
        world = harness.world
    }

    /// The tokens of the links in the mails that are sent now.
    private func sentTokens() throws -> [String] {
        try world.deliver(by: world.service()).compactMap { mail in
            mail.values["link"]?.split(separator: "=").last.map(String.init)
        }
    }

    @Test func `a forgotten password comes back by mail, and no token is logged`() throws {
        let answer = try harness.send(
            post("/auth/password/forgot", #"{"email":"customer@example.org"}"#))
        #expect(answer.status == .accepted)
        let token = try #require(try sentTokens().first)
        let page = try harness.send(open("/auth/password/reset?token=\(token)"))
        #expect(page.body.contains(token))
        let reset = try harness.send(
            form("/auth/password/reset", "token=\(token)&password=another+password"))
        #expect(reset.status == .seeOther && !reset.text.contains(token))
        #expect(try harness.send(Scenario.login("customer", "another password")).status == .ok)
        #expect(harness.log.lines.count == 4)
        for line in harness.log.lines {
            #expect(!line.contains(token) && !line.contains("another"))
        }
    }

    @Test func `a welcome confirms its address, and no token is logged`() throws {
        _ = try harness.send(
            post(
                "/auth/signup", #"{"email":"new@example.org","password":"\#(Person.password)"}"#))
        let token = try #require(try sentTokens().first)
        _ = try harness.send(open("/auth/email/verify?token=\(token)"))
        #expect(world.account("new@example.org")?.emailVerifiedAt == nil, "looking is not using")
        let proof = #""password":"\#(Person.password)""#
        for expected in [Status.ok, .badRequest] {
            let answer = try harness.send(
                post("/auth/email/verify", #"{"token":"\#(token)",\#(proof)}"#))
            #expect(answer.status == expected)
        }
        #expect(world.account("new@example.org")?.emailVerifiedAt != nil)
        for line in harness.log.lines { #expect(!line.contains(token)) }
    }

    @Test func `the page of a link never shows the name of the account`() throws {
        _ = try harness.send(
            post(
                "/auth/signup",
                #"{"email":"new@example.org","password":"\#(Person.password)","name":"Visit evil"}"#
            ))
        let token = try #require(try sentTokens().first)
        let page = try harness.send(open("/auth/email/verify?token=\(token)"))
        #expect(page.body.contains("new@example.org") && !page.body.contains("evil"))
        let rejected = try harness.send(form("/auth/email/verify/reject", "token=\(token)"))
        #expect(rejected.status == .seeOther && !rejected.text.contains("evil"))
        #expect(world.account("new@example.org") == nil)
        let warning = try #require(harness.log.lines.first { $0.contains("not theirs") })
        #expect(warning.contains("removed") && !warning.contains("new@example.org"))
        for line in harness.log.lines { #expect(!line.contains(token)) }
    }

    @Test func `asking does the same work and gives the same bytes for everybody`() throws {
        var answers: [ReceivedAnswer] = []
        for person in ["customer", "nobody", "pending", "disabled"] {
            let (reads, writes) = (world.store.reads, world.store.writes)
            answers.append(
                try harness.send(
                    post("/auth/password/forgot", #"{"email":"\#(person)@example.org"}"#)))
            #expect(world.store.reads == reads && world.store.writes == writes + 1)
        }
        for answer in answers {
            #expect(answer.status == .accepted && answer.body == answers[0].body)
            #expect(answer.fields.map(\.name) == answers[0].fields.map(\.name))
        }
        #expect(try sentTokens().count == 2, "those with an account that may be used")
    }

    @Test func `a key may look and write but never what a person alone may do`() throws {
        let read = try world.makeKey(of: Person.customer.email, scopes: [.read]).text
        let write = try world.makeKey(of: Person.customer.email, scopes: [.read, .write]).text
        func status(_ method: String, _ path: String, _ key: String) throws -> ReceivedAnswer {
            try harness.send(send(method, path, "{}", "Authorization: Bearer \(key)"))
        }
        #expect(try status("GET", "/auth/me", read).status == .ok)
        #expect(try status("PATCH", "/auth/me", read).code == .insufficientScope)
        #expect(try status("PATCH", "/auth/me", write).status == .ok)
        for (method, path) in [
            ("DELETE", "/auth/me"), ("GET", "/auth/me/export"), ("POST", "/auth/password/change"),
            ("POST", "/auth/email/change"), ("POST", "/auth/email/verify/resend"),
        ] {
            let answer = try status(method, path, write)
            #expect(answer.status == .forbidden)
            #expect(try answer.code == .apiKeyNotAllowed)
        }
    }

    @Test func `an export says what is kept and gives no secret away`() throws {
        let world = world
        try world.makeKey(of: Person.customer.email, scopes: [.read, .write])
        try world.addLink("reset-token", .resetPassword, of: Person.customer.email)
        let session = try world.signIn(Person.customer.email)
        _ = try harness.send(
            post(
                "/auth/email/verify/resend", "", "Authorization: Bearer \(session.token)"))
        let account = try #require(world.account(Person.customer.email))
        world.store.change { memory in
            memory.sessions[0].client = ClientContext(
                network: .local, address: "192.0.2.1", userAgent: "Sample/1.0")
            memory.invites = [StoredInvite(code: "a code")]
            memory.factors = [
                Credential(
                    id: .random(), accountID: account.id, kind: .passkey,
                    handle: Array("a handle".utf8), name: "Laptop",
                    data: Array("sealed".utf8), createdAt: world.clock.now)
            ]
            memory.trustedBrowsers = [
                TrustedBrowser(
                    id: .random(), hash: SHA256.digest("trust".utf8), accountID: account.id,
                    createdAt: world.clock.now,
                    expiresAt: world.clock.now.adding(seconds: 9), userAgent: "Browser/2.0",
                    address: "192.0.2.2")
            ]
        }
        let answer = try harness.send(
            get("/auth/me/export", "Authorization: Bearer \(session.token)"))
        guard case .object(let members) = try JSONValue.decode(Array(answer.body.utf8)) else {
            Issue.record("no object")
            return
        }
        #expect(
            Set(members.keys) == [
                "account", "sessions", "apiKeys", "factors", "trustedBrowsers", "invites",
                "links", "mails", "events", "truncated",
            ])
        for part in [
            account.id.description, #""address":"192.0.2.1","userAgent":"Sample/1.0""#,
            #""name":"Sample","prefix":"luna_"#, #""scopes":["read","write"]"#,
            #""kind":"passkey","name":"Laptop","createdAt":"2023-11-14T22:13:20.000Z""#,
            #""address":"192.0.2.2","userAgent":"Browser/2.0""#,
            #""approved_at":null"#, #""methods":["pwd"]"#,
            #""purpose":"reset_password""#, #""kind":"verify""#, #""invites":[]"#,
        ] {
            #expect(answer.body.contains(part), "\(part)")
        }
        let memory = world.store.memory
        for secret in [
            session.cookie, session.token, "pbkdf2", "reset-token", "hash",
            "handle", "data", "sealed", Base64URL.encode(memory.trustedBrowsers[0].hash.bytes),
            memory.linkTokens[0].hash.bytes.map { String($0) }.joined(separator: ","),
        ] {
            #expect(!answer.body.contains(secret))
        }
    }
}
