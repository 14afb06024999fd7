package import Auth
package import HTTP

/// The declaration of a JSON endpoint: everything about one method of one path, in one place.
///
/// The router, the OpenAPI document and the tests read it.
package struct Endpoint: Sendable {
    package let method: Method
    /// As documented: `/auth/users/{id}/approve`.
    package let path: String
    package let rules: RouteRules
    let handler: Handler
    /// Whether a request is a proxy's that discards the body of an error.
    let omitsErrorBody: @Sendable (Request) -> Bool
    /// Whether the path exists for a request: to others the response is that of an unknown path.
    let exists: @Sendable (Request) -> Bool
    /// What a client developer needs to know; made when it is read.
    let operation: @Sendable () -> Operation

    /// An endpoint that runs for any client.
    package init(
        _ method: Method, _ path: String, _ rules: RouteRules, handler: @escaping Handler.Run,
        omittingErrorBody omitsErrorBody: @escaping @Sendable (Request) -> Bool = { _ in false },
        existingFor exists: @escaping @Sendable (Request) -> Bool = { _ in true },
        _ operation: @escaping @autoclosure @Sendable () -> Operation
    ) {
        self.init(method, path, rules, .open(handler), omitsErrorBody, exists, operation)
    }

    /// An endpoint that runs for a caller.
    package init(
        _ method: Method, _ path: String, _ rules: RouteRules,
        handler: @escaping @Sendable (RequestContext, Caller) throws(RequestError) -> Response,
        _ operation: @escaping @autoclosure @Sendable () -> Operation
    ) {
        self.init(
            method, path, rules, .caller(handler), { _ in false }, { _ in true }, operation)
    }

    /// An endpoint that runs for an administrator or a client with the token of a link.
    package init(
        _ method: Method, _ path: String, _ rules: RouteRules,
        handler: @escaping @Sendable (RequestContext, Approver) throws(RequestError) -> Response,
        _ operation: @escaping @autoclosure @Sendable () -> Operation
    ) {
        self.init(
            method, path, rules, .approver(handler), { _ in false }, { _ in true }, operation)
    }

    private init(
        _ method: Method, _ path: String, _ rules: RouteRules, _ handler: Handler,
        _ omitsErrorBody: @escaping @Sendable (Request) -> Bool,
        _ exists: @escaping @Sendable (Request) -> Bool,
        _ operation: @escaping @Sendable () -> Operation
    ) {
        self.method = method
        self.path = path
        self.rules = rules
        self.handler = handler
        self.omitsErrorBody = omitsErrorBody
        self.exists = exists
        self.operation = operation
    }
}
