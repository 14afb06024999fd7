import API
import Auth
import HTTP
import JSON
import TestSupport
import Testing
import Web

/// One request and what the contract says of its answer.
struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    /// The wire text; `{customer.cookie}` and its like stand for credentials.
    let request: String
    let status: Status
    let contains: [String]
    let excludes: [String]
    var peer = Peer.remote
    var listener = ListenerRole.public
    /// The media type of the answer; nil where it has no content.
    var type: String? = "application/json"
    var site = Site()
    /// Requests that came before, whatever was answered.
    var before: [String] = []
    /// Seconds that go by after those.
    var elapsing = 0
    var prepare: @Sendable (World) throws -> Void = { _ in }
    /// Sends the request, in the middle of something.
    var around: @Sendable (World, () throws -> Void) throws -> Void = { _, send in try send() }
    /// What the log says of a refusal; nil where any reason will do.
    var reason: Reason?

    var testDescription: String { name }

    init(
        _ name: String, _ request: String, _ status: Status, _ contains: [String] = [],
        not excludes: [String] = [], _ edit: (inout Scenario) -> Void = { _ in }
    ) {
        self.name = name
        self.request = request
        self.status = status
        self.contains = contains
        self.excludes = excludes
        edit(&self)
    }

    /// The error code that the answer has to contain; nil where none is named.
    var namedCode: ErrorCode? {
        ErrorCode.allCases.first { code in
            contains.contains { $0.contains("\"code\":\"\(code.rawValue)\"") }
        }
    }

    /// Runs the scenario and checks what it says and what holds for every answer.
    @discardableResult
    func run() throws -> ReceivedAnswer {
        let harness = try Harness(site)
        try prepare(harness.world)
        for request in before { _ = try harness.send(request, from: peer) }
        harness.world.clock.advance(seconds: elapsing)
        var sent: ReceivedAnswer?
        try around(harness.world) {
            sent = try harness.send(request, from: peer, through: listener)
        }
        let answer = try #require(sent)
        #expect(answer.status == status, "\(answer.text)")
        for part in contains { #expect(answer.text.contains(part), "\(part) in \(answer.text)") }
        for part in excludes { #expect(!answer.text.contains(part), "\(part) in \(answer.text)") }
        try answer.checkCommonRules(type: type)
        if let request = try? Request(wire: request, from: peer, through: listener) {
            try answer.checkDocumentation(of: request, among: harness.routes)
        }
        try harness.log.checkReason(of: answer, reason)
        try harness.checkKept(answer)
        for line in harness.log.lines {
            for secret in harness.secrets { #expect(!line.contains(secret)) }
        }
        return answer
    }
}

extension ReceivedAnswer {
    /// The stable code of an error answer; nil on a page.
    var code: ErrorCode? {
        get throws {
            guard self["Content-Type"] == "application/json",
                case .object(let members) = try JSONValue.decode(Array(body.utf8)),
                case .string(let code) = members["code"]
            else { return nil }
            return ErrorCode(rawValue: code)
        }
    }

    /// Whether the answer is a page.
    var rendersHTML: Bool { body.hasPrefix("<!doctype html>") }

    /// Whether the answer redirects a browser to a page.
    var leadsToPage: Bool {
        (status == .seeOther || status == .found) && self["Content-Type"] == nil
    }

    /// Checks that a page loads nothing and reveals its address to no other site.
    private func checkPage() {
        let policy = (self["Content-Security-Policy"] ?? "").split(separator: "; ")
        for part in [
            "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
        ] {
            #expect(policy.contains { $0 == part })
        }
        #expect(
            policy.contains { $0 == "form-action 'self'" || $0.hasPrefix("form-action 'self' ") })
        #expect(!policy.contains { $0.contains("unsafe") })
        #expect(self["Referrer-Policy"] == "same-origin")
    }

    /// Checks what the contract says of every answer.
    ///
    /// - Parameter type: Its media type; nil where it has no content.
    /// - Throws: When an error is not written as JSON.
    func checkCommonRules(type: String? = "application/json") throws {
        let type = leadsToPage ? nil : type
        #expect(self["Content-Type"] == (rendersHTML ? "text/html; charset=utf-8" : type))
        #expect(self["Cache-Control"] == "no-store")
        #expect(self["X-Content-Type-Options"] == "nosniff")
        if !rendersHTML {
            #expect(
                self["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'")
            #expect(self["Referrer-Policy"] == "no-referrer")
        }
        #expect((1...64).contains(self["X-Request-Id"]?.utf8.count ?? 0))
        #expect(!fields.contains { $0.name.lowercased().hasPrefix("access-control-") })
        // RFC 6750 §3.1: a scope that is missing is another credential's.
        let isChallenged =
            status == .unauthorized || body.contains(#""code":"insufficient_scope""#)
        #expect(self["WWW-Authenticate"]?.hasPrefix("Bearer") ?? false == isChallenged)
        let isPermanent =
            body.contains(#""code":"mail_not_configured""#)
            || body.contains("<h1>This server sends no email</h1>")
        let mustWait =
            status == .tooManyRequests || status == .serviceUnavailable && !isPermanent
        #expect((self["Retry-After"].flatMap(Int.init) ?? 0 >= 1) == mustWait)
        let mustAllow = status == .methodNotAllowed || status == .noContent
        #expect((self["Allow"] != nil) == mustAllow)
        if rendersHTML { checkPage() }
        if type == nil { #expect(body.isEmpty) }
        guard status.rawValue >= 400 else {
            #expect(status == .noContent ? body.isEmpty : !body.contains("\"error\""))
            return
        }
        #expect(!fields.contains { $0.name == "Set-Cookie" })
        #expect(!body.contains(Person.password))
        guard !rendersHTML, type != nil else { return }
        guard case .object(let members) = try JSONValue.decode(Array(body.utf8)),
            case .string(let sentence) = members["error"]
        else {
            Issue.record("no error object: \(body)")
            return
        }
        #expect(!sentence.isEmpty)
        #expect(try code != nil)
        #expect((members["fields"] != nil) == body.contains("\"code\":\"invalid_request\""))
        #expect((members["errorType"] != nil) == body.contains("\"code\":\"already_set_up\""))
        let steps: [ErrorCode?] = [.secondFactorRequired, .factorEnrolmentRequired]
        #expect(try members["challenge"] == nil || steps.contains(code))
        #expect(
            try members["methods"] == nil
                || steps.contains(code) || code == .reauthenticationRequired)
    }
}
