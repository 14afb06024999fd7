package import Auth
import Crypto
package import HTTP
import Logging

/// Serves requests: finds the route, enforces its rules, calls the endpoint, counts and logs.
///
/// Confined to one thread.
package final class WebResponder: Responder {
    let thread: ThreadContext
    let requests: any RequestLog
    let router: Router
    let unmatched = RouteCounts.unmatched()
    var ids = RequestIDs()
    private let monotonic: @Sendable () -> UInt64

    /// A responder on one thread's service and log of requests.
    package init(
        service: AuthService, configuration: WebConfiguration, table: RouteTable,
        requests: any RequestLog
    ) {
        thread = ThreadContext(service: service, configuration: configuration, table: table)
        self.requests = requests
        router = Router(table)
        monotonic = configuration.monotonic
        for route in router.routes { configuration.metrics.add(route.counts.usual) }
    }

    /// Responds to a request, or names the lane of its route.
    package func respond(to request: Request, on lane: Lane) -> ResponderResult {
        let trust = trust(in: request)
        thread.allowance = nil
        // It must never be seen by a request that the server refuses later on this thread.
        defer { thread.caller = nil }
        // An earlier request left it, if its response was never logged.
        _ = thread.service.takeJournal()
        do throws(RequestError) {
            let route = try router.route(request, hasBody: !request.body.isEmpty)
            guard lane != .loop || route.rules.lane == .loop else {
                return .forward(
                    route.rules.lane, wipingBody: route.rules.traits.contains(.secretBody))
            }
            let id = ids.id(of: request, trust: trust)
            var context = context(request, route, trust, id: id)
            // A loop never writes, so that it has nothing to record.
            if lane != .loop { thread.service.begin(for: context.clientContext) }
            try context.refuseCrossOrigin(by: route.rules)
            try context.admit(by: route.rules)
            var result = try route.respond(to: context)
            if let allowance = thread.allowance { result.response.add(allowance) }
            if route.isNegotiated { result.response.fields.add("Vary", "Accept") }
            if route.isShared, configuration.sharing.isEnabled {
                configuration.sharing.mark(&result.response.fields, for: context.foreignOrigin)
            }
            let time = time(since: request)
            route.counts.count(
                method: request.method, status: result.response.status, code: nil,
                nanoseconds: time, in: configuration.metrics)
            let journal = logChanges(of: context.id)
            keep(result, context, route)
            if requests.isEnabled(for: request.listener) {
                log(
                    request, from: context.client, context.id, result.response, after: time,
                    account: result.account ?? journal.account, reason: result.reason)
            }
            return .answer(result.response)
        } catch .domain(.notInMemory) where lane == .loop {
            // The next run, on its own thread, notes the same changes again.
            _ = thread.service.takeJournal()
            return .forward(.store, wipingBody: false)
        } catch {
            var response = render(error, request, trust)
            if let allowance = thread.allowance { response.add(allowance) }
            return .answer(response)
        }
    }

    /// Checks path, method and media type of a head.
    package func screen(_ head: Request) -> Response? {
        do throws(RequestError) {
            _ = try router.route(head, hasBody: true)
            return nil
        } catch {
            return render(error, head, trust(in: head))
        }
    }

    /// Renders a refusal of the server's.
    package func refuse(_ refusal: Refusal, request: Request?) -> Response {
        render(.refused(refusal), request, trust(in: request))
    }

    /// Renders a refusal of bytes that are no request.
    package func refuse(_ refusal: Refusal, input: UnreadableInput) -> Response {
        render(.refused(refusal), nil, trust(in: nil), input: input)
    }
}

extension WebResponder {
    var configuration: WebConfiguration { thread.configuration }

    /// Which peers are trusted; none on the admin listener, which has no proxy in front of it.
    private func trust(in request: Request?) -> ProxyTrust {
        switch request?.listener {
        case .public, nil: configuration.proxies.current
        case .admin: ProxyTrust(proxies: [], fields: .none)
        }
    }

    func context(
        _ request: Request, _ route: Route?, _ trust: ProxyTrust, id: RequestID
    ) -> RequestContext {
        let client = Client(of: request, trust: trust)
        if client.isUnnamed { configuration.warnings.unnamedClient(behind: request.peer) }
        return RequestContext(
            request: request, id: id,
            pathID: route?.path.id(in: request.path), client: client, thread: thread,
            foreignOrigin: route?.isShared == true ? foreignOrigin(of: request) : nil,
            mayCheckPasswords: route?.rules.lane == .hashing)
    }

    func foreignOrigin(of request: Request) -> ArraySlice<UInt8>? {
        guard configuration.sharing.isEnabled, request.has(.origin) else { return nil }
        return configuration.sharing.origin(of: request, website: thread.service.websiteURL)
    }

    /// Nanoseconds since the head of a request was complete.
    func time(since request: Request) -> UInt64 {
        let now = monotonic()
        return now > request.arrival ? now - request.arrival : 0
    }
}
