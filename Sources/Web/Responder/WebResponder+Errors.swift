import Auth
import HTTP
import Logging

extension WebResponder {
    /// Turns an error into the response, and logs it with its code.
    func render(
        _ error: RequestError, _ request: Request?, _ trust: ProxyTrust,
        input: UnreadableInput? = nil
    ) -> Response {
        let id = request.map { ids.id(of: $0, trust: trust) } ?? ids.new()
        var response: Response
        if case .methodNotAllowed(let methods) = error, request?.method == .options {
            response = Response(status: .noContent, fields: RequestContext.jsonFields(id: id))
            response.fields.add("Allow", RequestError.allow(methods))
        } else {
            response = self.response(to: error, request, id, trust)
            if let detail = error.detail {
                configuration.logger.error(
                    "fault", metadata: ["id": "\(id)", "detail": "\(detail)"])
            }
        }
        if let request { share(&response, with: request) }
        let code = response.status == .noContent ? nil : error.code
        let time = request.map(time) ?? 0
        let route = request.flatMap { try? router.route($0, hasBody: false) }
        (route?.counts ?? unmatched).count(
            method: request?.method, status: response.status, code: code, nanoseconds: time,
            in: configuration.metrics)
        let journal = logChanges(of: id)
        if code != nil { keep(error, request, id, route, trust, account: journal.account) }
        if requests.isEnabled(for: request?.listener ?? .public) {
            let client = request.map { Client(of: $0, trust: trust) }
            log(
                request, from: client, id, response, after: time, account: journal.account,
                code: code, reason: code == nil ? nil : error.reason,
                brokenRule: error.brokenRule, input: input?.logged)
        }
        return response
    }

    /// The response to an error: a page to a browser, only fields where a proxy discards the rest,
    /// else JSON.
    private func response(
        to error: RequestError, _ request: Request?, _ id: RequestID, _ trust: ProxyTrust
    ) -> Response {
        guard let request else { return error.response(RequestContext.jsonFields(id: id)) }
        let routes = router.routes(atPathOf: request)
        if routes.contains(where: { $0.omitsErrorBody(request) }) {
            var response = error.response(RequestContext.emptyFields(id: id))
            response.body = []
            return response
        }
        let isNegotiated = routes.contains(where: \.isNegotiated)
        // The response to a proxy is for its client's page of another origin.
        let isOfProxy = routes.contains { $0.rules.access == .forwardAuth }
        let isPage = !isOfProxy && showsPage(request, isNegotiated)
        var response =
            isPage
            ? page(for: error, request, trust, id: id)
            : error.response(RequestContext.jsonFields(id: id))
        if isNegotiated || isPage { response.fields.add("Vary", "Accept") }
        return response
    }

    /// Whether an error is shown to a person.
    private func showsPage(_ request: Request, _ isNegotiated: Bool) -> Bool {
        request.listener == .public && request.wantsPage
            && (configuration.showsErrorPages || isNegotiated)
    }

    /// The page of a failed request: its own, rendered once more, or the general one.
    private func page(
        for error: RequestError, _ request: Request, _ trust: ProxyTrust, id: RequestID
    ) -> Response {
        let route = try? router.route(request, hasBody: !request.body.isEmpty)
        var context = context(request, route, trust, id: id)
        // Whether cookies count for the form.
        if let route { try? context.refuseCrossOrigin(by: route.rules) }
        do throws(RequestError) {
            let page = try route?.failedPage(for: request)?(context, error)
            return page ?? configuration.errorPage(error, context)
        } catch {
            return configuration.errorPage(error, context)
        }
    }

    /// Lets a page of another origin read an error as it may read other responses of the route.
    private func share(_ response: inout Response, with request: Request) {
        guard configuration.sharing.isEnabled else { return }
        let methods = router.sharedMethods(request)
        guard !methods.isEmpty else { return }
        let origin = foreignOrigin(of: request)
        configuration.sharing.mark(&response.fields, for: origin)
        guard request.method == .options, origin != nil else { return }
        configuration.sharing.markPreflight(&response.fields, methods: methods)
    }
}
