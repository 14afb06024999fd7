import API
import Auth
import HTTP
import TestSupport
import Testing
import Web

/// What the server itself decides on, rendered here.
struct RefusalTests {
    static let refusals: [(Refusal, Status, ErrorCode, Reason?)] = [
        (.message(.malformed(.requestLine)), .badRequest, .malformedRequest, nil),
        (.message(.contentTooLarge), .contentTooLarge, .contentTooLarge, nil),
        (.message(.targetTooLong), .uriTooLong, .uriTooLong, nil),
        (.message(.expectationFailed), .expectationFailed, .expectationFailed, nil),
        (.message(.fieldsTooLarge), .requestHeaderFieldsTooLarge, .fieldsTooLarge, nil),
        (.message(.methodNotImplemented), .notImplemented, .methodNotImplemented, nil),
        (
            .message(.versionNotSupported), .httpVersionNotSupported, .httpVersionNotSupported, nil
        ),
        (.requestTimeout, .requestTimeout, .requestTimeout, nil),
        (.tooManyConnections, .serviceUnavailable, .tooManyConnections, .tooManyConnections),
        (
            .overloaded(retryAfterSeconds: 7), .serviceUnavailable, .overloaded, .laneQueueFull
        ),
        (
            .waitedTooLong(retryAfterSeconds: 8), .serviceUnavailable, .overloaded, .waitedTooLong
        ),
    ]

    @Test(arguments: refusals)
    func `a refusal has its status and code`(
        refusal: Refusal, status: Status, code: ErrorCode, reason: Reason?
    ) throws {
        let harness = try Harness()
        let answer = ReceivedAnswer(harness.responder.refuse(refusal, request: nil))
        #expect(answer.status == status)
        #expect(try answer.code == code)
        try harness.log.checkReason(of: answer, reason)
        try answer.checkCommonRules()
    }

    @Test func `a refusal that a proxy discards has no body`() throws {
        let harness = try Harness()
        let request = try Request(wire: get("/auth/verify?redirect=401"), from: .loopback)
        for (refusal, status, _, _) in Self.refusals {
            let answer = ReceivedAnswer(harness.responder.refuse(refusal, request: request))
            #expect(answer.status == status)
            try answer.checkCommonRules(type: nil)
        }
        let other = try Request(
            wire: get("/auth/verify", "X-Forwarded-Uri: /?redirect=401"), from: .loopback)
        try ReceivedAnswer(harness.responder.refuse(.tooManyConnections, request: other))
            .checkCommonRules()
    }

    @Test func `an overloaded lane says when to ask again`() throws {
        let harness = try Harness()
        for (refusal, seconds) in [
            (Refusal.overloaded(retryAfterSeconds: 7), "7"),
            (.waitedTooLong(retryAfterSeconds: 8), "8"), (.tooManyConnections, "1"),
        ] {
            let answer = ReceivedAnswer(harness.responder.refuse(refusal, request: nil))
            #expect(answer["Retry-After"] == seconds)
        }
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
                "POST /auth/login HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                    + "Content-Encoding: gzip\n\n", .unsupportedMediaType
            ),
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
