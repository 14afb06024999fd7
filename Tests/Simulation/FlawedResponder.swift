import HTTP
import Web

/// A responder with one deliberate flaw.
final class FlawedResponder: Responder {
    private let responder: any Responder
    private let flaw: RunConfiguration.Flaw
    private var former: Response?
    private var pages: [[UInt8]: Response] = [:]

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
        default: return .answer(response)
        }
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
        page.fields.add("X-Request-Id") { $0 += request[.xRequestID] ?? [] }
        return page
    }

    func screen(_ head: Request) -> Response? { responder.screen(head) }

    func refuse(_ refusal: Refusal, request: Request?) -> Response {
        responder.refuse(refusal, request: request)
    }
}
