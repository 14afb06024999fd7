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
    /// Whether the response depends on what the client prefers.
    let isNegotiated: Bool
    /// Whether a request is a proxy's that discards the body of an error.
    let omitsErrorBody: @Sendable (Request) -> Bool
    private let existsByDeclaration: @Sendable (Request) -> Bool
    /// The responses of this thread.
    let counts: RouteCounts

    init(_ entry: RouteTable.Entry) {
        method = entry.method
        path = PathTemplate(entry.path)
        rules = entry.rules
        representations = entry.representations
        isShared = entry.isShared
        isNegotiated = entry.isNegotiated
        omitsErrorBody = entry.omitsErrorBody
        existsByDeclaration = entry.exists
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

    /// Whether it exists for a request: a page alone is for clients that prefer pages, an endpoint for
    /// the requests that it declares.
    func exists(for request: Request) -> Bool {
        if case .page = representations {
            rules.traits.contains(.anyAccept) || request.wantsPage
        } else {
            existsByDeclaration(request)
        }
    }

    /// Whether GET exists without HEAD.
    var refusesHEAD: Bool { rules.traits.contains(.unsafeGET) }

    /// Responds with what represents the response to this client.
    func respond(to context: RequestContext) throws(RequestError) -> EndpointResult {
        switch representations {
        case .json(let run): try run(context)
        case .page(let page): try page.run(context)
        case .jsonAndPage(let json, let page):
            context.request.wantsPage ? try page.run(context) : try json(context)
        }
    }

    /// What renders the page once more for a request that failed; nil where there is none.
    func failedPage(for request: Request) -> WebPage.Failed? {
        switch representations {
        case .json: nil
        case .page(let page): page.failed
        case .jsonAndPage(_, let page): request.wantsPage ? page.failed : nil
        }
    }
}

extension RouteTable.Entry {
    /// Whether scripts of other origins that the operator named may use it: never what a mail leads to.
    package var isShared: Bool {
        guard !rendersHTML, rules.listener == .public,
            rules.traits.isDisjoint(with: [.sameOrigin, .forwardAuth, .proofInForm])
        else { return false }
        // A link signs out by GET, a script by POST.
        return !(rules.traits.contains(.unsafeGET) && method.isSafe)
    }
}
