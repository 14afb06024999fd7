import HTTP

/// Answers with the path as content: on the loop below `/loop`, on a lane below `/store` and
/// `/hashing`, on both lanes one after the other below `/both`.
final class FakeResponder: Responder {
    /// The requests that were answered, by path.
    private(set) var answered: [String] = []
    /// The refusals.
    private(set) var refused: [Refusal] = []
    /// The last request that was answered.
    private(set) var last: Request?
    /// The first bytes of each refused input that was not a request.
    private(set) var unreadable: [String] = []
    private let isReached: (@Sendable (String) -> Void)?

    /// A responder that calls `isReached` with the path of each request on a worker.
    init(isReached: (@Sendable (String) -> Void)? = nil) {
        self.isReached = isReached
    }

    func respond(to request: Request, on lane: Lane) -> ResponderResult {
        let path = String(decoding: request.path, as: UTF8.self)
        switch lane {
        case .loop:
            if path.hasPrefix("/store") || path.hasPrefix("/both") { return .forward(.store) }
            if path.hasPrefix("/hashing") { return .forward(.hashing) }
        case .store:
            isReached?(path)
            if path.hasPrefix("/both") { return .forward(.hashing) }
        case .hashing: isReached?(path)
        }
        answered.append(path)
        last = request
        return .answer(Self.answer(path))
    }

    func screen(_ head: Request) -> Response? {
        head.path.starts(with: "/screened".utf8) ? Response(status: .notFound) : nil
    }

    func refuse(_ refusal: Refusal, request: Request?) -> Response {
        refused.append(refusal)
        return switch refusal {
        case .message(.contentTooLarge): Response(status: .contentTooLarge)
        case .message: Response(status: .badRequest)
        case .requestTimeout: Response(status: .requestTimeout)
        case .tooManyConnections, .overloaded, .waitedTooLong: Response(status: .serviceUnavailable)
        }
    }

    func refuse(_ refusal: Refusal, input: UnreadableInput) -> Response {
        unreadable.append(String(decoding: input.start, as: UTF8.self))
        return refuse(refusal, request: nil)
    }

    /// The response to a request for this path.
    static func answer(_ path: String) -> Response {
        if path.hasSuffix("large") {
            return Response(status: .ok, body: [UInt8](repeating: 0x78, count: 40_000))
        }
        var response = Response(status: .ok, body: Array("<\(path)>".utf8))
        response.isDropped = path.hasSuffix("dropped")
        return response
    }
}
