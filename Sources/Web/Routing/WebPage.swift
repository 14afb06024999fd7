package import Auth
package import HTTP

/// The declaration of a page: how one method of one path responds in HTML.
package struct WebPage: Sendable {
    package let method: Method
    /// As documented: `/auth/users/{id}/approve`.
    package let path: String
    /// The rules of a page that no endpoint shares; nil for those of the endpoint with the same method
    /// and path.
    let rules: RouteRules?
    let handler: Handler
    /// What the OpenAPI document says; nil where it says it of the endpoint, or nothing.
    let operation: (@Sendable () -> Operation)?

    /// A page with a path of its own.
    package init(
        _ method: Method, _ path: String, _ rules: RouteRules, handler: @escaping Handler.Run,
        _ operation: @escaping @autoclosure @Sendable () -> Operation
    ) {
        self.method = method
        self.path = path
        self.rules = rules
        self.handler = .open(handler)
        self.operation = operation
    }

    /// A page beside an endpoint, for any client.
    package init(_ method: Method, _ path: String, handler: @escaping Handler.Run) {
        self.init(method, path, .open(handler))
    }

    /// A page beside an endpoint, for a caller.
    package init(
        _ method: Method, _ path: String,
        handler: @escaping @Sendable (RequestContext, Caller) throws(RequestError) -> Response
    ) {
        self.init(method, path, .caller(handler))
    }

    /// A page beside an endpoint, for an administrator or a client with the token of a link.
    package init(
        _ method: Method, _ path: String,
        handler: @escaping @Sendable (RequestContext, Approver) throws(RequestError) -> Response
    ) {
        self.init(method, path, .approver(handler))
    }

    private init(_ method: Method, _ path: String, _ handler: Handler) {
        self.method = method
        self.path = path
        rules = nil
        self.handler = handler
        operation = nil
    }
}
