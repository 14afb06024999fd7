package import Auth
package import HTTP

/// The declaration of a page: how one method of one path responds in HTML.
///
/// For clients that prefer another type it does not exist, unless an endpoint has the same method and
/// path: then that responds.
package struct WebPage: Sendable {
    package let method: Method
    /// As documented: `/auth/users/{id}/approve`.
    package let path: String
    /// The rules of a page that no endpoint shares; nil for those of the endpoint with the same method
    /// and path.
    let rules: RouteRules?
    let handler: Handler
    let failed: Failed?

    /// Renders the page once more for a request that failed, for example a form with its values and
    /// what is wrong with them.
    ///
    /// Called for every error of a request to the page, also where its handler never ran: of a limit,
    /// of the cross-origin rule, of an overloaded lane. Returns nil for the general error page; where
    /// it throws, that shows the error it threw.
    package typealias Failed =
        @Sendable (RequestContext, RequestError) throws(RequestError) -> Response?

    /// A page for any client.
    package init(
        _ method: Method, _ path: String, _ rules: RouteRules? = nil,
        handler: @escaping Handler.Run, failed: Failed? = nil
    ) {
        self.init(method, path, rules, .open(handler), failed)
    }

    /// A page for a caller.
    package init(
        _ method: Method, _ path: String, _ rules: RouteRules? = nil,
        handler: @escaping @Sendable (RequestContext, Caller) throws(RequestError) -> Response,
        failed: Failed? = nil
    ) {
        self.init(method, path, rules, .caller(handler), failed)
    }

    /// A page for an administrator or a client with the token of a link.
    package init(
        _ method: Method, _ path: String, _ rules: RouteRules? = nil,
        handler: @escaping @Sendable (RequestContext, Approver) throws(RequestError) -> Response,
        failed: Failed? = nil
    ) {
        self.init(method, path, rules, .approver(handler), failed)
    }

    private init(
        _ method: Method, _ path: String, _ rules: RouteRules?, _ handler: Handler,
        _ failed: Failed?
    ) {
        self.method = method
        self.path = path
        self.rules = rules
        self.handler = handler
        self.failed = failed
    }
}
