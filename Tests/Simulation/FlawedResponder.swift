import HTTP
import Web

/// A responder with one deliberate flaw.
final class FlawedResponder: Responder {
    private let responder: any Responder
    private let flaw: RunConfiguration.Flaw
    private var former: Response?
    private var pages: [[UInt8]: Response] = [:]
    private var hasTakenSecondStep = false

    /// Creates a responder with a flaw.
    init(_ responder: any Responder, _ flaw: RunConfiguration.Flaw) {
        self.responder = responder
        self.flaw = flaw
    }

    func respond(to request: Request, on lane: Lane) -> ResponderResult {
        guard case .answer(let response) = responder.respond(to: request, on: lane) else {
            return .forward(lane)
        }
        switch flaw {
        case .mixesUp:
            defer { former = response }
            return .answer(former ?? response)
        case .blamesClient where response.status == .serviceUnavailable:
            return .answer(Response(status: .unauthorized, fields: response.fields))
        case .keepsPages where request.method == .get && request.wantsPage:
            return .answer(keptPage(for: request, response))
        case .skipsSecondStep where response.says("second_factor_required"):
            return .answer(Self.session(for: request))
        case .reusesChallenges where request.path.elementsEqual("/auth/login/second".utf8):
            if response.status == .ok { hasTakenSecondStep = true }
            return .answer(
                hasTakenSecondStep && response.says("invalid_challenge")
                    ? Self.session(for: request) : response)
        default: return .answer(response)
        }
    }

    /// A success of a sign-in.
    private static func session(for request: Request) -> Response {
        var response = Response(status: .ok)
        response.fields.add(
            "X-Request-Id", String(decoding: request[.xRequestID] ?? [], as: UTF8.self))
        return response
    }

    /// The page that the browser was shown before, where this response is not one.
    private func keptPage(for request: Request, _ response: Response) -> Response {
        guard let cookie = request[.cookie] else { return response }
        let key = Array(request.path + cookie)
        guard response.status == .seeOther, var page = pages[key] else {
            if response.status == .ok { pages[key] = response }
            return response
        }
        page.fields = FieldLines()
        page.fields.add("Content-Type", "text/html; charset=utf-8")
        page.fields.add(
            "X-Request-Id", String(decoding: request[.xRequestID] ?? [], as: UTF8.self))
        return page
    }

    func screen(_ head: Request) -> Response? { responder.screen(head) }

    func refuse(_ refusal: Refusal, request: Request?) -> Response {
        responder.refuse(refusal, request: request)
    }
}

extension Response {
    /// Whether it is an error of this code.
    fileprivate func says(_ code: String) -> Bool {
        body.firstRange(of: Array("\"\(code)\"".utf8)) != nil
    }
}
