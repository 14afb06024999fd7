public import Auth
import Crypto
public import HTTP
import Logging

/// Answers requests: finds the route, checks what holds for all of them, calls the endpoint, logs.
///
/// Confined to one thread.
public final class APIResponder: Responder {
    private let service: AuthService
    private let configuration: APIConfiguration
    private let requests: any RequestLog
    private let router = Router(Route.table())
    private var ids = RequestIDs()

    /// A responder on one thread's service and log of requests.
    public init(
        service: AuthService, configuration: APIConfiguration, requests: any RequestLog
    ) {
        self.service = service
        self.configuration = configuration
        self.requests = requests
    }

    /// Answers a request, or names the lane of its route.
    public func respond(to request: Request, on lane: Lane) -> Reply {
        let trust = configuration.proxies.current
        do throws(Problem) {
            let route = try router.route(request, hasBody: !request.body.isEmpty)
            guard lane != .loop || route.lane == .loop else { return .forward(route.lane) }
            let exchange = exchange(request, route, trust)
            if route.trait != .asks { try refuseCrossOrigin(exchange) }
            let answer = try route.endpoint(exchange)
            if requests.isEnabled {
                log(
                    request, from: exchange.client, exchange.id, answer.response,
                    account: answer.account)
            }
            return .answer(answer.response)
        } catch .domain(.notInMemory) where lane == .loop {
            return .forward(.store)
        } catch {
            return .answer(render(error, request, trust))
        }
    }

    /// Checks path, method and media type of a head.
    public func screen(_ head: Request) -> Response? {
        do throws(Problem) {
            _ = try router.route(head, hasBody: true)
            return nil
        } catch {
            return render(error, head, configuration.proxies.current)
        }
    }

    /// Renders a refusal of the server's.
    public func refuse(_ refusal: Refusal, request: Request?) -> Response {
        render(.refused(refusal), request, configuration.proxies.current)
    }
}

extension APIResponder {
    private func exchange(_ request: Request, _ route: Route, _ trust: ProxyTrust) -> Exchange {
        let client = Client(of: request, trust: trust)
        if client.isUnnamed { configuration.warnings.unnamedClient(behind: request.peer) }
        return Exchange(
            request: request, id: ids.id(of: request, trust: trust),
            pathID: route.path.id(in: request.path), client: client, service: service,
            configuration: configuration)
    }

    /// Without a Bearer token a browser may have been made to send an unsafe request, with the
    /// victim's cookie or to plant another one.
    private func refuseCrossOrigin(_ exchange: Exchange) throws(Problem) {
        guard !exchange.request.method.isSafe, exchange.bearerToken == nil,
            !CrossOrigin.allows(exchange.request, website: service.websiteURL)
        else { return }
        throw .crossOrigin
    }

    /// Turns a problem into the answer, and logs it with its code.
    private func render(_ problem: Problem, _ request: Request?, _ trust: ProxyTrust) -> Response {
        let id = request.map { ids.id(of: $0, trust: trust) } ?? ids.new()
        let fields = Exchange.commonFields(id: id)
        let response: Response
        if case .methodNotAllowed(let methods) = problem, request?.method == .options {
            var options = Response(status: .noContent, fields: fields)
            options.fields.add("Allow", Problem.allow(methods))
            response = options
        } else {
            response = problem.response(fields)
            if let detail = problem.detail {
                configuration.logger.error(
                    "fault", metadata: ["id": "\(id)", "detail": "\(detail)"])
            }
        }
        if requests.isEnabled {
            let client = request.map { Client(of: $0, trust: trust) }
            let code = response.status == .noContent ? nil : problem.report.code
            log(request, from: client, id, response, code: code)
        }
        return response
    }

    private func log(
        _ request: Request?, from client: Client?, _ id: RequestID, _ response: Response,
        account: UUID? = nil, code: ErrorCode? = nil
    ) {
        requests.write(
            AnsweredRequest(
                id: id, head: request.map { head(of: $0, from: client) },
                status: response.status,
                bytes: request?.method == .head ? 0 : response.body.count, account: account,
                code: code))
    }

    private func head(of request: Request, from client: Client?) -> AnsweredRequest.Head {
        let now = configuration.monotonic()
        return AnsweredRequest.Head(
            client: client?.address, method: request.method, path: request.path,
            microseconds: now > request.arrival ? (now - request.arrival) / 1_000 : 0)
    }
}
