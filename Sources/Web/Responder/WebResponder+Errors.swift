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
            response = self.response(to: error, request, id)
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
        if requests.isEnabled(for: request?.listener ?? .public) {
            let client = request.map { Client(of: $0, trust: trust) }
            log(
                request, from: client, id, response, after: time, account: journal.account,
                code: code, reason: code == nil ? nil : error.reason,
                brokenRule: error.brokenRule, input: input?.logged)
        }
        return response
    }

    /// The response to an error: a page where a person sent a form, only fields where a proxy
    /// discards the rest, else JSON.
    private func response(
        to error: RequestError, _ request: Request?, _ id: RequestID
    ) -> Response {
        guard let request else { return error.response(RequestContext.jsonFields(id: id)) }
        if router.showsPages(request) { return configuration.errorPage(error, id) }
        guard router.omitsErrorBody(request) else {
            return error.response(RequestContext.jsonFields(id: id))
        }
        var response = error.response(RequestContext.emptyFields(id: id))
        response.body = []
        return response
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
