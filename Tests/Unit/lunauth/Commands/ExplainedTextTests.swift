import Testing

@testable import lunauth

struct ExplainedTextTests {
    @Test func `a refusal is printed with its request, its client and its explanation`() throws {
        let body = """
            {"items":[{"requestId":"a-1","time":"2026-11-30T09:12:03.481Z","method":"GET",\
            "route":"/auth/me","status":401,"code":"invalid_token","reason":"session_ended",\
            "client":"192.0.2.7","account":null,"explanation":"It ended.","until":null,\
            "clockAheadSeconds":null,"event":null}]}
            """
        let refusals = try #require(ExplainedText.refusals(in: Array(body.utf8)))
        #expect(
            refusals.map(\.text) == [
                """
                2026-11-30T09:12:03.481Z  GET /auth/me  401 invalid_token (session_ended)
                  client 192.0.2.7
                  It ended.
                """
            ])
    }

    @Test(arguments: ["", "{}", "[]", #"{"items":[{}]}"#, #"{"items":{}}"#])
    func `another response is not taken for an explanation`(body: String) {
        #expect(ExplainedText.refusals(in: Array(body.utf8)) == nil)
    }
}
