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
    ///   `unsupportedMediaType`.
    func route(_ request: Request, hasBody: Bool) throws(Problem) -> Route {
        let path = request.path
        let method = request.method == .head ? .get : request.method
        var allowed: [Method] = []
        for route in routes
        where route.path.count == path.count && route.entrance == request.entrance
            && route.path.elementsEqual(path)
        {
            if route.method == method && !(request.method == .head && route.refusesHead) {
                guard
                    !hasBody || route.method.isSafe || Self.isJSON(request.single(.contentType))
                else {
                    throw .unsupportedMediaType
                }
                return route
            }
            allowed.append(route.method)
            if route.method == .get && !route.refusesHead { allowed.append(.head) }
        }
        if path.elementsEqual("*".utf8) { throw .methodNotAllowed(Method.allCases) }
        guard !allowed.isEmpty else { throw .notFound }
        throw .methodNotAllowed(allowed + [.options])
    }

    /// Whether there is one Content-Type and it is `application/json`, whatever its parameters.
    private static func isJSON(_ field: ArraySlice<UInt8>?) -> Bool {
        field?.prefix { $0 != UInt8(ascii: ";") }.trimmingOWS
            .equalsIgnoringCase("application/json") ?? false
    }
}
