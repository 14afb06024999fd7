import HTTP

/// One entry of the route table, with what one thread counts of its responses.
///
/// Confined to the thread of its responder.
final class Route {
    let method: Method
    let path: PathTemplate
    let rules: RouteRules
    let representations: RouteTable.Representations
    /// Whether pages of other origins that the operator named may use it.
    let isShared: Bool
    /// Whether a request is a proxy's that discards the body of an error.
    let omitsErrorBody: @Sendable (Request) -> Bool
    /// The responses of this thread.
    let counts: RouteCounts

    init(_ entry: RouteTable.Entry) {
        method = entry.method
        path = PathTemplate(entry.path)
        rules = entry.rules
        representations = entry.representations
        isShared = entry.isShared
        omitsErrorBody = entry.omitsErrorBody
        counts = RouteCounts(method: entry.method, path: entry.path)
    }

    /// Whether a page posts here, so that a body may be a form instead of JSON.
    var acceptsForm: Bool {
        if case .jsonAndPage = representations { true } else { false }
    }

    /// Whether every response is a page.
    var rendersHTML: Bool {
        if case .page = representations { true } else { false }
    }

    /// Whether GET exists without HEAD.
    var refusesHEAD: Bool { rules.traits.contains(.unsafeGET) }

    /// Responds with what represents the response to this client.
    func respond(to context: RequestContext) throws(RequestError) -> EndpointResult {
        switch representations {
        case .json(let run), .page(let run): try run(context)
        case .jsonAndPage(let json, let page):
            context.request.wantsPage ? try page(context) : try json(context)
        }
    }
}

extension RouteTable.Entry {
    /// Whether pages of other origins that the operator named may use it: never what shows pages.
    package var isShared: Bool {
        guard case .json = representations, rules.listener == .public,
            rules.traits.isDisjoint(with: [.sameOrigin, .forwardAuth])
        else { return false }
        // A link signs out by GET, a script by POST.
        return !(rules.traits.contains(.unsafeGET) && method.isSafe)
    }
}
