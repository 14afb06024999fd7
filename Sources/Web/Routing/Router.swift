package import HTTP

/// Finds the route of a request.
///
/// Paths are compared byte for byte: a path that two programs could read in two ways is refused.
struct Router {
    /// Every route; the first is found soonest.
    let routes: [Route]

    init(_ table: RouteTable) {
        routes = table.entries.map(Route.init)
    }

    /// The route of a request, from its head.
    ///
    /// - Throws: `notFound`; `methodNotAllowed`, also for OPTIONS, whose response is made of it;
    ///   `unsupportedMediaType`; `unsupportedContentCoding`.
    func route(_ request: Request, hasBody: Bool) throws(RequestError) -> Route {
        let path = request.path
        let method = request.method == .head ? .get : request.method
        var others: [Route] = []
        for route in routes
        where route.rules.listener == request.listener && route.path.matches(path)
            && route.exists(for: request)
        {
            if route.method == method && !(request.method == .head && route.refusesHEAD) {
                // A body that is not read may be of any type.
                guard hasBody, !route.method.isSafe else { return route }
                guard request.hasPlainBody else { throw .unsupportedContentCoding }
                guard route.accepts(MediaType(request.single(.contentType))) else {
                    throw .unsupportedMediaType
                }
                return route
            }
            others.append(route)
        }
        if path.elementsEqual("*".utf8) { throw .methodNotAllowed(Method.allCases) }
        guard !others.isEmpty else { throw .notFound }
        throw .methodNotAllowed(Self.methods(of: others))
    }

    /// The methods of the routes of one path, in the order of `Method`.
    private static func methods(of routes: [Route]) -> [Method] {
        let answersHEAD = routes.contains { $0.method == .get && !$0.refusesHEAD }
        return Method.allCases.filter { method in
            method == .options || method == .head && answersHEAD
                || routes.contains { $0.method == method }
        }
    }

    /// The methods by which pages of other origins may use the path of a request; none where its own
    /// method is for the server's pages alone.
    func sharedMethods(_ request: Request) -> [Method] {
        let method = request.method == .head ? .get : request.method
        let routes = routes(atPathOf: request)
        guard routes.allSatisfy({ $0.isShared || $0.method != method }) else { return [] }
        return Method.allCases.filter { method in
            routes.contains { $0.isShared && $0.method == method }
        }
    }

    /// The routes of the path of a request, whatever their methods.
    func routes(atPathOf request: Request) -> [Route] {
        let path = request.path
        return routes.filter { $0.rules.listener == request.listener && $0.path.matches(path) }
    }
}

extension Request {
    /// Whether the body is as it is, without a content coding (RFC 9110 §8.4).
    fileprivate var hasPlainBody: Bool {
        values(of: .contentEncoding).allSatisfy { $0.equalsIgnoringCase("identity") }
    }

    /// Whether the response is a page where there is one: to a browser that navigates or posts a form.
    ///
    /// A program that posts JSON gets JSON, whatever else it would accept.
    package var wantsPage: Bool {
        (method.isSafe || MediaType(single(.contentType)) == .form) && Accept.prefersHTML(self)
    }
}

extension Route {
    /// Whether a body may be of this type.
    fileprivate func accepts(_ type: MediaType?) -> Bool {
        type == .json && !rendersHTML || type == .form && (acceptsForm || rendersHTML)
    }
}
