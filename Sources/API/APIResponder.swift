public import Auth
import Crypto
public import HTTP
import Logging

/// Answers requests: finds the route, checks what holds for all of them, calls the endpoint, counts,
/// logs.
///
/// Confined to one thread.
public final class APIResponder: Responder {
    private let thread: ThreadContext
    private let requests: any RequestLog
    private let monotonic: @Sendable () -> UInt64
    private let traffic: RequestMetrics
    private let router = Router(Route.table())
    private let unmatched = Route.unmatched()
    private var ids = RequestIDs()

    /// A responder on one thread's service and log of requests.
    public init(
        service: AuthService, configuration: APIConfiguration, requests: any RequestLog
    ) {
        thread = ThreadContext(service: service, configuration: configuration)
        self.requests = requests
        monotonic = configuration.monotonic
        traffic = configuration.traffic
        for route in router.routes { traffic.add(route.usualAnswers) }
    }

    /// Answers a request, or names the lane of its route.
    public func respond(to request: Request, on lane: Lane) -> ResponderResult {
        let trust = trust(in: request)
        thread.allowance = nil
        // What an earlier request left, if its answer was never logged.
        _ = thread.service.takeJournal()
        do throws(APIError) {
            let route = try router.route(request, hasBody: !request.body.isEmpty)
            guard lane != .loop || route.lane == .loop else { return .forward(route.lane) }
            var context = context(request, route, trust)
            if !request.method.isSafe, route.trait != .forwardAuth {
                try refuseCrossOrigin(context)
            }
            try context.admit(for: route)
            var answer = try route.endpoint(context)
            if let allowance = thread.allowance { answer.response.add(allowance) }
            if route.isShared, configuration.sharing.isEnabled {
                configuration.sharing.mark(
                    &answer.response.fields, for: context.foreignOrigin)
            }
            let time = time(since: request)
            route.count(
                method: request.method, status: answer.response.status, code: nil,
                nanoseconds: time, in: traffic)
            let journal = logChanges(of: context.id)
            if requests.isEnabled(for: request.listener) {
                log(
                    request, from: context.client, context.id, answer.response, after: time,
                    account: answer.account ?? journal.account, reason: answer.reason)
            }
            return .answer(answer.response)
        } catch .domain(.notInMemory) where lane == .loop {
            // What this run noted is noted again by the next, on its own thread.
            _ = thread.service.takeJournal()
            return .forward(.store)
        } catch {
            var response = render(error, request, trust)
            if let allowance = thread.allowance { response.add(allowance) }
            return .answer(response)
        }
    }

    /// Checks path, method and media type of a head.
    public func screen(_ head: Request) -> Response? {
        do throws(APIError) {
            _ = try router.route(head, hasBody: true)
            return nil
        } catch {
            return render(error, head, trust(in: head))
        }
    }

    /// Renders a refusal of the server's.
    public func refuse(_ refusal: Refusal, request: Request?) -> Response {
        render(.refused(refusal), request, trust(in: request))
    }

    /// Renders a refusal of bytes that are no request.
    public func refuse(_ refusal: Refusal, input: UnreadableInput) -> Response {
        render(.refused(refusal), nil, trust(in: nil), input: input)
    }
}

extension APIResponder {
    private var configuration: APIConfiguration { thread.configuration }

    /// Who watches over the server comes by itself, through no proxy.
    private func trust(in request: Request?) -> ProxyTrust {
        switch request?.listener {
        case .public, nil: configuration.proxies.current
        case .admin: ProxyTrust(proxies: [], fields: .none)
        }
    }

    private func context(_ request: Request, _ route: Route, _ trust: ProxyTrust) -> RequestContext
    {
        let client = Client(of: request, trust: trust)
        if client.isUnnamed { configuration.warnings.unnamedClient(behind: request.peer) }
        return RequestContext(
            request: request, id: ids.id(of: request, trust: trust),
            pathID: route.path.id(in: request.path), client: client, thread: thread,
            foreignOrigin: route.isShared ? foreignOrigin(of: request) : nil)
    }

    private func foreignOrigin(of request: Request) -> ArraySlice<UInt8>? {
        guard configuration.sharing.isEnabled, request[.origin] != nil else { return nil }
        return configuration.sharing.origin(of: request, website: thread.service.websiteURL)
    }

    /// Without a Bearer token a browser may have been made to send an unsafe request, with the
    /// victim's cookie or to plant another one.
    private func refuseCrossOrigin(_ context: RequestContext) throws(APIError) {
        guard context.bearerToken == nil,
            !CrossOrigin.allows(context.request, website: context.service.websiteURL)
        else { return }
        // A page cannot send this type to another origin without asking before (a preflight).
        let isJSON = MediaType(context.request.single(.contentType)) == .json
        guard context.foreignOrigin == nil || !isJSON else { return }
        throw .crossOrigin
    }

    /// Turns a problem into the answer, and logs it with its code.
    private func render(
        _ problem: APIError, _ request: Request?, _ trust: ProxyTrust,
        input: UnreadableInput? = nil
    ) -> Response {
        let id = request.map { ids.id(of: $0, trust: trust) } ?? ids.new()
        let fields = RequestContext.commonFields(id: id)
        var response: Response
        if case .methodNotAllowed(let methods) = problem, request?.method == .options {
            var options = Response(status: .noContent, fields: fields)
            options.fields.add("Allow", APIError.allow(methods))
            response = options
        } else {
            response = answer(to: problem, request, fields, id)
            if let detail = problem.detail {
                configuration.logger.error(
                    "fault", metadata: ["id": "\(id)", "detail": "\(detail)"])
            }
        }
        if let request { share(&response, with: request) }
        let code = response.status == .noContent ? nil : problem.report.code
        let time = request.map(time) ?? 0
        let route = request.flatMap { try? router.route($0, hasBody: false) } ?? unmatched
        route.count(
            method: request?.method, status: response.status, code: code, nanoseconds: time,
            in: traffic)
        let journal = logChanges(of: id)
        if requests.isEnabled(for: request?.listener ?? .public) {
            let client = request.map { Client(of: $0, trust: trust) }
            log(
                request, from: client, id, response, after: time, account: journal.account,
                code: code, reason: code == nil ? nil : problem.reason,
                brokenRule: problem.brokenRule, input: input?.logged)
        }
        return response
    }

    /// Lets a page of another origin read a refusal as it may read other answers of the route.
    private func share(_ response: inout Response, with request: Request) {
        guard configuration.sharing.isEnabled else { return }
        let methods = router.sharedMethods(request)
        guard !methods.isEmpty else { return }
        let origin = foreignOrigin(of: request)
        configuration.sharing.mark(&response.fields, for: origin)
        guard request.method == .options, origin != nil else { return }
        configuration.sharing.markPreflight(&response.fields, methods: methods)
    }

    /// The answer to a problem: a page where a person sent a form, nothing but fields where a proxy
    /// discards the rest, else JSON.
    private func answer(
        to problem: APIError, _ request: Request?, _ fields: FieldLines, _ id: RequestID
    ) -> Response {
        guard let request else { return problem.response(fields) }
        var response: Response
        if router.showsPages(request) {
            response = problem.response(RequestContext.pageFields(id: id))
            response.body = problem.page.encoded
        } else if Endpoints.discardsRefusals(request) {
            response = problem.response(RequestContext.emptyFields(id: id))
            response.body = []
        } else {
            response = problem.response(fields)
        }
        return response
    }

    /// Nanoseconds since the head of a request was complete.
    private func time(since request: Request) -> UInt64 {
        let now = monotonic()
        return now > request.arrival ? now - request.arrival : 0
    }

    /// Logs what a request changed about accounts and settings.
    ///
    /// - Returns: What it leaves for its own line.
    private func logChanges(of id: RequestID) -> Journal {
        let journal = thread.service.takeJournal()
        for change in journal.changes {
            configuration.logger.notice(
                "changed", metadata: ["id": "\(id)"].merging(change.logged) { $1 })
        }
        return journal
    }

    private func log(
        _ request: Request?, from client: Client?, _ id: RequestID, _ response: Response,
        after nanoseconds: UInt64, account: UUID? = nil, code: ErrorCode? = nil,
        reason: Reason? = nil, brokenRule: MessageError.Reason? = nil,
        input: AccessLogEntry.Input? = nil
    ) {
        requests.write(
            AccessLogEntry(
                id: id,
                head: request.map { request in
                    AccessLogEntry.Head(
                        client: client?.address, method: request.method, path: request.path,
                        microseconds: nanoseconds / 1_000, listener: request.listener)
                },
                input: input, status: response.status,
                bytes: request?.method == .head ? 0 : response.body.count, account: account,
                code: code, reason: reason, brokenRule: brokenRule))
    }
}
