package import Auth
package import HTTP

/// One method of one path.
///
/// Confined to the responder in whose table it stands.
package final class Route {
    package let listener: ListenerRole
    package let method: Method
    package let path: PathTemplate
    let lane: Lane
    /// What its requests count as for the limits of their networks; nil for what is not limited.
    let action: Throttle.Action?
    package let trait: Trait?
    /// Whether pages of other origins that the operator named may use it.
    let isShared: Bool
    /// Whether a request is a proxy's that discards the body of an error.
    let omitsErrorBody: @Sendable (Request) -> Bool
    let endpoint: @Sendable (RequestContext) throws(RequestError) -> EndpointResult
    /// How most requests are answered; found without looking through the others.
    let usualResponses: ResponseSeries
    /// How the others were, each way once it happened.
    var otherResponses: [ResponseSeries] = []

    package init(
        _ method: Method, _ path: String, at listener: ListenerRole = .public, on lane: Lane,
        counting action: Throttle.Action? = nil, where trait: Trait? = nil,
        omittingErrorBody omitsErrorBody: @escaping @Sendable (Request) -> Bool = { _ in false },
        _ endpoint: @escaping @Sendable (RequestContext) throws(RequestError) -> EndpointResult
    ) {
        self.listener = listener
        self.method = method
        self.path = PathTemplate(path)
        self.lane = lane
        self.action = action
        self.trait = trait
        isShared =
            switch trait {
            case nil: listener == .public
            // A link signs out by GET, a script by POST.
            case .unsafeGET: !method.isSafe
            case .acceptsForm, .rendersHTML, .forwardAuth, .sameOrigin: false
            }
        self.omitsErrorBody = omitsErrorBody
        self.endpoint = endpoint
        usualResponses = ResponseSeries(route: path, method: method, status: .ok, code: nil)
    }

    /// What sets a route apart.
    package enum Trait {
        /// GET changes something: HEAD is refused.
        case unsafeGET
        /// A page of ours posts here: a body may be a form instead of JSON.
        case acceptsForm
        /// It answers with pages, what goes wrong too.
        case rendersHTML
        /// The request is one that a proxy asks about: it changes nothing here, whatever its method,
        /// and may come from any site.
        case forwardAuth
        /// Pages of other origins may never use it, whatever the operator allows: setup, what a proxy
        /// asks, and what is a page to whoever followed a link.
        case sameOrigin
    }
}
