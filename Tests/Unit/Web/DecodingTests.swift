import Auth
import HTTP
import Testing

@testable import Web

/// What an endpoint and a page read from a request alike.
struct DecodingTests {
    @Test func `a form requests a key as JSON does`() throws {
        let form = APIKeyRequest(
            try RequestBody(
                form: "name=ci&scopes=&scopes=read&scopes=write&expiresIn=30d&password="))
        let json = APIKeyRequest(
            try RequestBody(json: #"{"name":"ci","scopes":["read","write"],"expiresIn":"30d"}"#))
        for request in [form, json] {
            #expect(request.name == .text("ci") && request.scopes == ["read", "write"])
            #expect(request.lifetime == Period.lifetime("30d") && request.password == .absent)
            #expect(request.objections.isEmpty)
        }
    }

    @Test func `a form invites as JSON does`() throws {
        let form = InviteRequest(
            try RequestBody(form: "email=&role=user&tier=&maxUses=25&form_id=x"))
        let json = InviteRequest(try RequestBody(json: #"{"role":"user","maxUses":25}"#))
        for request in [form, json] {
            #expect(request.email == .absent && request.role == .text("user"))
            #expect(request.maximumUses == 25 && request.lifetime == nil)
            #expect(request.objections.isEmpty)
        }
        let wrong = InviteRequest(try RequestBody(form: "maxUses=0&expiresIn=soon"))
        #expect(wrong.objections.map(\.field) == ["maxUses", "expiresIn"])
    }

    @Test func `a form changes only what it names`() throws {
        let change = AccountChange(
            try RequestBody(form: "tier=pro&emailVerified=false&emailVerified=true&form_id=x"))
        #expect(change.tier == .text("pro") && change.emailVerified == true)
        #expect(change.name == .absent && change.role == .absent && change.objections.isEmpty)
        let unknown = AccountChange(try RequestBody(form: "email=a&password=b"))
        #expect(unknown.objections.map(\.field) == ["email", "password"])
    }

    @Test func `a language is chosen or cleared`() throws {
        #expect(ProfileChange(try RequestBody(form: "name=x")).language == .absent)
        #expect(ProfileChange(try RequestBody(form: "language=")).language == .cleared)
        #expect(
            ProfileChange(try RequestBody(form: "language=de")).language == .chosen(.text("de")))
    }

    @Test(
        arguments: [
            ("", AccountQuery()), ("query=+%20&status=&role=", AccountQuery()),
            ("query=ada&status=pending", AccountQuery(status: .pending, text: "ada")),
            ("role=admin&query=", AccountQuery(role: .admin)),
        ] as [(String, AccountQuery)])
    func `the filter is in the address`(query: String, filter: AccountQuery) throws {
        #expect(try AccountQuery(query: Array(query.utf8)[...]) == filter)
    }

    @Test(
        arguments: [
            ("status=x", "status"), ("role=x", "role"), ("query=%00", "query"),
            ("query=\(String(repeating: "x", count: 255))", "query"), ("query=%FF", "query"),
            ("limit=0", "limit"), ("limit=101", "limit"), ("limit=-1", "limit"),
            ("cursor=x", "cursor"), ("cursor=%FF", "cursor"),
        ] as [(String, String)])
    func `a list that cannot be shown is refused`(query: String, field: String) {
        let error = #expect(throws: RequestError.self) {
            _ = try AccountQuery(query: Array(query.utf8)[...])
            _ = try PageRequest(query: Array(query.utf8)[...])
        }
        guard let error, case .domain(.invalidInput(let inputs)) = error else {
            Issue.record("no invalidInput")
            return
        }
        #expect(inputs.map(\.field) == [field])
    }
}
