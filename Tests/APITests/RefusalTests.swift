import API
import HTTP
import Testing

/// What the server itself decides on, rendered here.
struct RefusalTests {
    static let refusals: [(Refusal, Status, ErrorCode)] = [
        (.message(.malformed(.requestLine)), .badRequest, .malformedRequest),
        (.message(.contentTooLarge), .contentTooLarge, .contentTooLarge),
        (.message(.targetTooLong), .uriTooLong, .uriTooLong),
        (.message(.expectationFailed), .expectationFailed, .expectationFailed),
        (.message(.fieldsTooLarge), .requestHeaderFieldsTooLarge, .fieldsTooLarge),
        (.message(.methodNotImplemented), .notImplemented, .methodNotImplemented),
        (.message(.versionNotSupported), .httpVersionNotSupported, .httpVersionNotSupported),
        (.requestTimeout, .requestTimeout, .requestTimeout),
        (.tooManyConnections, .serviceUnavailable, .tooManyConnections),
        (.overloaded, .serviceUnavailable, .overloaded),
    ]

    @Test(arguments: refusals)
    func `a refusal has its status and code`(
        refusal: Refusal, status: Status, code: ErrorCode
    ) throws {
        let answer = ReceivedAnswer(try Harness().responder.refuse(refusal, request: nil))
        #expect(answer.status == status)
        #expect(try answer.code == code)
        try answer.checkCommonRules()
    }

    @Test func `a refusal keeps the id of the request it concerns`() throws {
        let harness = try Harness()
        let request = try Request(
            wire: get("/health", "X-Request-Id: from-the-proxy"), from: .loopback)
        let answer = ReceivedAnswer(harness.responder.refuse(.requestTimeout, request: request))
        #expect(answer["X-Request-Id"] == "from-the-proxy")
        #expect(harness.log.lines.contains { $0.contains("id=from-the-proxy") })
    }

    @Test(
        arguments: [
            (post("/auth/login", ""), nil), (get("/auth/me"), nil),
            (post("/auth/nothing", ""), Status.notFound), (post("/auth/me", ""), .methodNotAllowed),
            (
                "POST /auth/login HTTP/1.1\nHost: a\nContent-Type: text/plain\n\n",
                .unsupportedMediaType
            ),
            ("POST /auth/login HTTP/1.1\nHost: a\n\n", .unsupportedMediaType),
            (
                "POST /auth/login HTTP/1.1\nHost: a\nContent-Type: application/json; charset=x\n\n",
                nil
            ),
        ] as [(String, Status?)])
    func `a head is judged before its body is read`(head: String, status: Status?) throws {
        let response = try Harness().responder.screen(Request(wire: head))
        #expect(response?.status == status)
        if let response { try ReceivedAnswer(response).checkCommonRules() }
    }
}
