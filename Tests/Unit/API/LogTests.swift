import API
import Auth
import Crypto
import HTTP
import TestSupport
import Testing
import Web

/// What stands in the log; that no secret does, every scenario checks.
struct LogTests {
    private let harness: Harness

    init() throws { harness = try Harness() }

    @Test func `an answer leaves one line with what it was and for whom`() throws {
        let answer = try harness.send(
            post(
                "/auth/login", #"{"email":"customer@example.org","password":"\#(Person.password)"}"#
            ))
        let account = try #require(harness.world.account("customer@example.org"))
        let id = try #require(answer["X-Request-Id"])
        #expect(
            harness.log.lines == [
                "info request account=\(account.id) bytes=\(answer.body.utf8.count) "
                    + "client=203.0.113.9 id=\(id) method=POST path=/auth/login status=200 us=0"
            ])
    }

    @Test func `an error leaves its code and the reason`() throws {
        _ = try harness.send(get("/auth/me?token=x"))
        #expect(harness.log.lines.count == 1)
        #expect(
            harness.log.lines[0].hasSuffix(
                "method=GET path=/auth/me reason=no_credential status=401 us=0"))
        #expect(harness.log.lines[0].contains(" code=unauthenticated "))
    }

    @Test func `a refused login names the account where there is one`() throws {
        for (email, isKnown) in [("customer@example.org", true), ("nobody@example.org", false)] {
            let answer = try harness.send(
                post("/auth/login", #"{"email":"\#(email)","password":"wrong password"}"#))
            #expect(answer.status == .unauthorized)
            let account = harness.world.account(email)?.id.description
            let line = try #require(harness.log.lines.last)
            #expect(line.contains("account=") == isKnown)
            if let account { #expect(line.contains(" account=\(account) ")) }
        }
    }

    @Test func `a 403 names who was refused, and no request the caller of another`() throws {
        let caller = "Cookie: session_token={customer.cookie}"
        #expect(try harness.send(get("/auth/users", caller)).status == .forbidden)
        let account = try #require(harness.world.account("customer@example.org"))
        #expect(harness.log.lines.last?.contains(" account=\(account.id) ") == true)
        _ = try harness.send(get("/auth/me"))
        #expect(harness.log.lines.last?.contains("account=") == false)
        _ = try harness.send(get("/health"))
        #expect(harness.log.lines.last?.contains("account=") == false)
    }

    @Test func `a change is logged with the id of its request`() throws {
        let answer = try harness.send(
            send(
                "PATCH", "/auth/users/{customer.id}", #"{"tier":"pro","name":"Ada"}"#,
                "Cookie: session_token={owner.cookie}"))
        let account = try #require(harness.world.account("customer@example.org"))
        let owner = try #require(harness.world.account("owner@example.org"))
        let id = try #require(answer["X-Request-Id"])
        #expect(
            harness.log.lines.filter { $0.hasPrefix("notice changed") } == [
                "notice changed account=\(account.id) by=\(owner.id) from=free id=\(id) to=pro "
                    + "what=tier"
            ])
        _ = try harness.send(
            post(
                "/auth/config/update", #"{"signup":false}"#, "Authorization: Bearer {owner.token}"))
        #expect(
            harness.log.lines.contains {
                $0.hasPrefix("notice changed by=\(owner.id) from=true id=")
                    && $0.hasSuffix(" to=false what=signup")
            })
    }

    @Test(
        arguments: [
            ([0x16, 0x03, 0x01, 0x02, 0x00], "%16%03%01%02%00"),
            (Array("SSH-2.0-OpenSSH".utf8), "SSH-2.0-OpenSSH"),
            (Array("a \"b\\c=d%".utf8), "a%20%22b%5Cc%3Dd%25"),
            (Array("GET /x?token=abc HTTP".utf8), "GET%20/x?"),
            (Array("GET / HTTP/1.1\r\nCookie: a".utf8), "GET%20/%20HTTP/1.1%0D"), ([], ""),
            ([0xC3, 0x28, 0x7F, 0x1B], "%C3(%7F%1B"),
        ] as [([UInt8], String)])
    func `what was no request is named by its sender and its first bytes`(
        start: [UInt8], shown: String
    ) throws {
        let input = UnreadableInput(peer: .remote, listener: .public, start: start)
        let answer = ReceivedAnswer(
            harness.responder.refuse(.message(.malformed(.requestLine)), input: input))
        #expect(answer.status == .badRequest)
        let line = try #require(harness.log.lines.last)
        #expect(line.contains(" client=203.0.113.9 "))
        #expect(line.contains("rule=\(MessageError.Reason.requestLine.rawValue)"))
        #expect("\(line) ".contains(" start=\(shown) "))
    }

    @Test func `a head has no bytes`() throws {
        _ = try harness.send("HEAD /health HTTP/1.1\nHost: a\n\n")
        #expect(harness.log.lines[0].contains(" bytes=0 "))
    }

    @Test func `a fault leaves what happened under the same id`() throws {
        harness.world.store.condition = .broken
        let answer = try harness.send(post("/auth/login", #"{"email":"a@b.cc","password":"x"}"#))
        let id = try #require(answer["X-Request-Id"])
        #expect(harness.log.lines.count == 2)
        #expect(harness.log.lines[0] == "error fault detail=disk I/O error id=\(id)")
        #expect(harness.log.lines[1].contains(" id=\(id) "))
        #expect(harness.log.lines[1].contains("code=unavailable"))
    }

    @Test func `the time is that since the request arrived`() throws {
        harness.world.clock.advance(nanoseconds: 12_345_678)
        var request = try Request(wire: get("/health"))
        request.arrival = 2_300_000
        _ = harness.responder.respond(to: request, on: .loop)
        #expect(harness.log.lines[0].hasSuffix(" us=10045"))
        request.arrival = .max
        _ = harness.responder.respond(to: request, on: .loop)
        #expect(harness.log.lines[1].hasSuffix(" us=0"))
    }

    @Test func `being sent to another lane leaves no line`() throws {
        let request = try Request(wire: post("/auth/login", "{}"))
        _ = harness.responder.respond(to: request, on: .loop)
        #expect(harness.log.lines == [])
    }

    @Test func `a trusted peer that names no client is warned about once`() throws {
        for _ in 0..<3 { _ = try harness.send(get("/health"), from: .loopback) }
        _ = try harness.send(get("/health"), from: .local(user: nil))
        let warnings = harness.log.lines.filter { $0.hasPrefix("warning") }
        #expect(warnings.count == 1)
        #expect(warnings[0].contains("127.0.0.1") && warnings[0].contains("X-Forwarded-For"))
    }

    @Test func `forwarding headers on the admin listener are ignored`() throws {
        let answer = try harness.send(
            get("/livez", "X-Forwarded-For: 192.0.2.1", "X-Request-Id: chosen"), from: .loopback,
            through: .admin)
        #expect(answer["X-Request-Id"] != "chosen")
        #expect(harness.log.lines.count == 1)
        #expect(harness.log.lines[0].contains(" client=127.0.0.1 "))
    }

    @Test func `a peer that is no proxy or names its client is not warned about`() throws {
        _ = try harness.send(get("/health"), from: .remote)
        _ = try harness.send(get("/health", "X-Forwarded-For: 192.0.2.1"), from: .loopback)
        #expect(!harness.log.lines.contains { $0.hasPrefix("warning") })
    }
}
