import HTTP

/// Finds the endpoint of a request.
///
/// Paths are compared byte for byte: a path that two programs could read in two ways is no path of
/// ours.
struct Router {
    /// Everything there is.
    let routes: [Route]

    init(_ routes: [Route]) {
        self.routes = routes
    }

    /// The route of a request whose body is not looked at.
    ///
    /// - Throws: `notFound`; `methodNotAllowed`, for OPTIONS too, whose answer is made of it;
    ///   `unsupportedMediaType`; `unsupportedContentCoding`.
    func route(_ request: Request, hasBody: Bool) throws(RequestError) -> Route {
        let path = request.path
        let method = request.method == .head ? .get : request.method
        var allowed: [Method] = []
        for route in routes
        where route.listener == request.listener && route.path.matches(path) {
            if route.method == method && !(request.method == .head && route.trait == .unsafeGET) {
                // What is not read may be of any kind.
                guard hasBody, !route.method.isSafe else { return route }
                guard request.hasPlainBody else { throw .unsupportedContentCoding }
                guard route.takes(MediaType(request.single(.contentType))) else {
                    throw .unsupportedMediaType
                }
                return route
            }
            allowed.append(route.method)
            if route.method == .get && route.trait != .unsafeGET { allowed.append(.head) }
        }
        if path.elementsEqual("*".utf8) { throw .methodNotAllowed(Method.allCases) }
        guard !allowed.isEmpty else { throw .notFound }
        throw .methodNotAllowed(allowed + [.options])
    }

    /// The methods by which pages of other origins may use the path of a request; none where its own
    /// method is for the server's pages alone.
    func sharedMethods(_ request: Request) -> [Method] {
        let method = request.method == .head ? .get : request.method
        let routes = routes.filter {
            $0.listener == request.listener && $0.path.matches(request.path)
        }
        guard routes.allSatisfy({ $0.isShared || $0.method != method }) else { return [] }
        return routes.filter(\.isShared).map(\.method)
    }

    /// Whether what goes wrong with a request is shown to a person.
    func showsPages(_ request: Request) -> Bool {
        let method = request.method == .head ? .get : request.method
        let traits = routes.filter { $0.path.matches(request.path) }
            .map { (isAsked: $0.method == method, trait: $0.trait) }
        guard traits.contains(where: \.isAsked) else {
            // Where pages alone are, the refusal of another method is one as well.
            return !traits.isEmpty && traits.allSatisfy { $0.trait == .rendersHTML }
        }
        return traits.contains { route in
            route.isAsked
                && (route.trait == .rendersHTML
                    || route.trait == .acceptsForm && request.isPostedByPage)
        }
    }
}

extension Router {
    /// Whether a request is a proxy's that discards the body of an error.
    func omitsErrorBody(_ request: Request) -> Bool {
        routes.contains { route in
            route.listener == request.listener && route.path.matches(request.path)
                && route.omitsErrorBody(request)
        }
    }
}

extension Request {
    /// Whether the body is as it is, without a content coding (RFC 9110 §8.4).
    fileprivate var hasPlainBody: Bool {
        values(of: .contentEncoding).allSatisfy { $0.equalsIgnoringCase("identity") }
    }
}

extension Route {
    /// Whether a body may be of this type.
    fileprivate func takes(_ type: MediaType?) -> Bool {
        type == .json || type == .form && trait == .acceptsForm
    }
}
