import API
import Auth
import HTTP
import TestSupport
import Testing
import Web

/// The way of a link: from the mail to the page to the decision.
struct DecisionTests {
    private let harness: Harness
    private let path: String
    private let token: String

    init() throws {
        harness = try Harness()
        let body =
            #"{"username":"New","email":"new@example.org","password":"\#(Person.password)"}"#
        #expect(try harness.send(post("/auth/register", body)).status == .accepted)
        let proof = try #require(try harness.world.mails(of: .verify).first?.values["link"])
            .split(separator: "=")[1]
        let confirm = #"{"token":"\#(proof)","password":"\#(Person.password)"}"#
        #expect(try harness.send(post("/auth/email/verify", confirm)).status == .ok)
        let link = try #require(try harness.world.mails(of: .approvalWanted).first?.values["link"])
        #expect(link.hasPrefix("http://localhost:8080/auth/users/"))
        let parts = link.dropFirst("http://localhost:8080".count).split(separator: "?token=")
        path = String(parts[0].dropLast("/decide".count))
        token = String(parts[1])
        // As a name may be that came by signup or an administrator.
        harness.world.change("new@example.org") { $0.name = #"<script>"&'"# }
        harness.world.confirm("new@example.org")
    }

    @Test func `opening the review page shows the account and changes nothing`() throws {
        for method in ["GET", "GET", "HEAD"] {
            let answer = try harness.send(
                "\(method) \(path)/decide?token=\(token) HTTP/1.1\nHost: localhost:8080\n"
                    + "\(acceptOfBrowsers)\n\n")
            #expect(answer.status == .ok)
            try answer.checkCommonRules()
            for part in [
                "<bdi>&lt;script&gt;&quot;&amp;&#39;</bdi>", "new@example.org",
                #"<span class="badge active">Confirmed</span>"#,
                #"method="post" action="\#(path)/approve">"#,
                #"method="post" action="\#(path)/decline">"#,
                #"<input type="hidden" name="token" value="\#(token)">"#,
            ] {
                #expect(answer.body.contains(part), "\(part)")
            }
        }
        #expect(harness.world.account("new@example.org")?.status == .pending)
        #expect(try harness.world.mails().map(\.kind) == [.verify, .approvalWanted])
        #expect(!harness.log.lines.contains { $0.contains(token) })
    }

    @Test func `who decides is on the record, with a session as by the link`() throws {
        let owner = try #require(harness.world.account(Person.owner.email)).id
        let cookie = "Cookie: session_token={owner.cookie}"
        #expect(try harness.send(post("\(path)/approve", "", cookie)).status == .ok)
        harness.world.change("new@example.org") { $0.status = .pending }
        try harness.world.addLink("decide-token", .decide, of: "new@example.org")
        let body = #"{"token":"decide-token"}"#
        #expect(try harness.send(post("\(path)/decline", body)).status == .ok)
        let events = harness.world.store.memory.audit.events.map(\.event).filter {
            [.userApproved, .userDeclined].contains($0.kind)
        }
        #expect(events.map(\.kind) == [.userApproved, .userDeclined])
        #expect(events.allSatisfy { $0.actor == .account(owner) })
    }

    @Test func `two tokens in an address are none`() throws {
        let answer = try harness.send(open("\(path)/decide?token=\(token)&token=\(token)"))
        #expect(answer.status == .badRequest && !answer.body.contains("new@example.org"))
    }

    @Test(arguments: ["Sec-Fetch-Site: same-origin", "Origin: http://localhost:8080"])
    func `its button approves without a caller, once`(field: String) throws {
        let answer = try harness.send(form("\(path)/approve", "token=\(token)", field))
        #expect(answer.status == .seeOther && answer["Location"] == "\(path)/decide?done=approved")
        let done = try harness.send(open("\(path)/decide?done=approved"))
        #expect(done.status == .ok && done.body.contains("<h1>The account is approved</h1>"))
        try done.checkCommonRules()
        #expect(harness.world.account("new@example.org")?.status == .active)
        for verb in ["approve", "decline"] {
            let again = try harness.send(form("\(path)/\(verb)", "token=\(token)", field))
            #expect(again.status == .badRequest)
            #expect(again.body.contains("The account was already approved"))
            #expect(again.body.contains(#"<time datetime="2023-11-14T22:13:20Z""#))
        }
        let page = try harness.send(open("\(path)/decide?token=\(token)"))
        #expect(page.status == .badRequest && !page.body.contains("new@example.org"))
        #expect(page.body.contains("The account was already approved"))
        #expect(harness.world.account("new@example.org")?.status == .active)
    }

    @Test func `its other button declines`() throws {
        let answer = try harness.send(form("\(path)/decline", "token=\(token)"))
        #expect(answer.status == .seeOther && answer["Location"] == "\(path)/decide?done=declined")
        let done = try harness.send(open("\(path)/decide?done=declined"))
        #expect(done.status == .ok && done.body.contains("<h1>The account is declined</h1>"))
        #expect(harness.world.account("new@example.org") == nil)
        #expect(try harness.world.mails().map(\.kind) == [.declined])
        let page = try harness.send(open("\(path)/decide?token=\(token)"))
        #expect(page.status == .badRequest)
        #expect(page.body.contains("The account was already declined"))
    }

    @Test func `a token in JSON is answered in JSON, whatever else is accepted`() throws {
        let approve = post("\(path)/approve", "{\"token\":\"\(token)\"}", "Accept: text/html")
        let answer = try harness.send(approve)
        #expect(answer.status == .ok && answer.body.contains(#""status":"active""#))
        #expect(try harness.send(approve).code == .invalidLink)
        let decline = post("\(path)/decline", "{\"token\":\"\(token)\"}", "Accept: text/html")
        #expect(try harness.send(decline).code == .invalidLink)
    }

    @Test func `a token in the address of a decision counts for nothing`() throws {
        let answer = try harness.send(post("\(path)/approve?token=\(token)", ""))
        #expect(try answer.code == .unauthenticated)
        #expect(harness.world.account("new@example.org")?.status == .pending)
    }
}
