import HTTP

/// A responder with one deliberate flaw.
final class FlawedResponder: Responder {
    private let responder: any Responder
    private let flaw: RunConfiguration.Flaw
    private var former: Response?

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
        default: return .answer(response)
        }
    }

    func screen(_ head: Request) -> Response? { responder.screen(head) }

    func refuse(_ refusal: Refusal, request: Request?) -> Response {
        responder.refuse(refusal, request: request)
    }
}
