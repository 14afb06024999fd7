import Auth
import Crypto
import HTTP

extension WebResponder {
    /// Keeps what decided a refusal, to be explained later.
    ///
    /// - Parameters:
    ///   - error: What the request failed with; kept if it has a reason.
    ///   - request: Nil for bytes that are no request.
    ///   - id: Its id.
    ///   - route: Its route; nil for none.
    ///   - trust: Which peers name the clients behind them.
    ///   - account: The account that the request identified.
    func keep(
        _ error: RequestError, _ request: Request?, _ id: RequestID, _ route: Route?,
        _ trust: ProxyTrust, account: UUID?
    ) {
        guard let reason = error.reason else { return }
        let credential = error.status == .unauthorized ? credential(of: request, route, trust) : nil
        configuration.refusals.add(
            Refused(
                id: id.bytes, method: request?.method, route: route?.path.text,
                status: error.status, code: error.code,
                client: request.flatMap { Client(of: $0, trust: trust).address },
                origin: reason == .crossOrigin ? request.flatMap(Self.origin) : nil,
                facts: RefusalFacts(
                    time: thread.service.now, reason: reason,
                    account: account ?? thread.caller?.account.id, credential: credential,
                    retryAfter: error.retryAfter)))
    }

    /// Keeps a refusal that an endpoint or a page has written itself.
    func keep(
        _ result: EndpointResult, _ context: RequestContext, _ route: Route
    ) {
        guard let reason = result.reason else { return }
        configuration.refusals.add(
            Refused(
                id: context.id.bytes, method: context.request.method,
                route: route.path.text, status: result.response.status, code: nil,
                client: context.client.address,
                facts: RefusalFacts(
                    time: thread.service.now, reason: reason, account: result.account)))
    }

    /// What may be kept of the credential that a request presented.
    private func credential(
        of request: Request?, _ route: Route?, _ trust: ProxyTrust
    ) -> RefusedCredential? {
        guard let request, let route, route.rules.access.readsCredentials else { return nil }
        let context = context(request, route, trust, id: .given([]))
        return thread.service.signIn.traces(of: context.credential)
    }

    /// The origin that a request names, as far as it is visible ASCII; any client may send it.
    private static func origin(of request: Request) -> String? {
        guard let value = request[.origin] else { return nil }
        let bytes = value.filter { (0x21...0x7E).contains($0) }.prefix(Refused.maximumOriginBytes)
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}

extension AccessRule {
    /// Whether credentials have to do with a refusal.
    fileprivate var readsCredentials: Bool { self != .anyone }
}
