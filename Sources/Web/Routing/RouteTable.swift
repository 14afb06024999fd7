import Auth
package import HTTP

/// Every method of every path, with what represents its responses: the endpoints of `API` and the
/// pages of `Pages`, joined.
///
/// Immutable; made once, and read by all threads and by the OpenAPI document.
package struct RouteTable: Sendable {
    /// The endpoints in their order, then the pages with paths of their own.
    package let entries: [Entry]

    /// One method of one path.
    package struct Entry: Sendable {
        package let method: Method
        package let path: String
        package let rules: RouteRules
        let representations: Representations
        /// Whether the response depends on what the client prefers: there is a page at the path.
        fileprivate(set) var isNegotiated = false
        let omitsErrorBody: @Sendable (Request) -> Bool
        /// Whether it exists for a request.
        let exists: @Sendable (Request) -> Bool
        /// What the OpenAPI document says; nil for a page.
        package let operation: (@Sendable () -> Operation)?

        /// Whether it responds in JSON and, to a form that a page posts, with a page.
        package var acceptsForm: Bool {
            if case .jsonAndPage = representations { true } else { false }
        }

        /// Whether every response is a page.
        package var rendersHTML: Bool {
            if case .page = representations { true } else { false }
        }
    }

    /// What represents the responses of one method and path.
    enum Representations: Sendable {
        case json(Handler.Run)
        case page(Page)
        case jsonAndPage(json: Handler.Run, page: Page)
    }

    /// A page, and what renders it once more for a request that failed.
    struct Page: Sendable {
        let run: Handler.Run
        let failed: WebPage.Failed?
    }

    /// Why two tables cannot be joined, with the method and path: a fault in a declaration.
    package enum Conflict: Error, Equatable {
        /// Two endpoints, or two pages.
        case declaredTwice(String)
        /// A page without rules where no endpoint has any.
        case noRules(String)
        /// A page with rules where an endpoint has them.
        case rulesDeclaredTwice(String)
        /// A secret body on the event loop, which wipes none.
        case secretOnLoop(String)
        /// A handler that needs something else than the access rule finds out.
        case accessMismatch(String)
    }

    /// Joins the tables of endpoints and pages.
    package init(endpoints: [Endpoint], pages: [WebPage]) throws(Conflict) {
        var shared: [String: WebPage] = [:]
        var entries: [Entry] = []
        for page in pages {
            guard shared.updateValue(page, forKey: page.name) == nil else {
                throw .declaredTwice(page.name)
            }
        }
        for endpoint in endpoints {
            let page = shared.removeValue(forKey: endpoint.name)
            guard !entries.contains(where: { $0.name == endpoint.name }) else {
                throw .declaredTwice(endpoint.name)
            }
            entries.append(try Entry(endpoint, page))
        }
        for page in pages where shared[page.name] != nil { entries.append(try Entry(page)) }
        let pagePaths = Set(
            pages.filter { $0.rules?.traits.contains(.anyAccept) != true }.map(\.path))
        self.entries = entries.map { entry in
            var entry = entry
            entry.isNegotiated = pagePaths.contains(entry.path)
            return entry
        }
    }
}

extension RouteTable.Entry {
    var name: String { "\(method.rawValue) \(path)" }

    fileprivate init(_ endpoint: Endpoint, _ page: WebPage?) throws(RouteTable.Conflict) {
        method = endpoint.method
        path = endpoint.path
        rules = endpoint.rules
        let json = try endpoint.rules.run(endpoint.handler, for: endpoint.name)
        if let page {
            guard page.rules == nil else { throw .rulesDeclaredTwice(page.name) }
            let run = try endpoint.rules.run(page.handler, for: page.name)
            representations = .jsonAndPage(
                json: json, page: RouteTable.Page(run: run, failed: page.failed))
        } else {
            representations = .json(json)
        }
        omitsErrorBody = endpoint.omitsErrorBody
        exists = endpoint.exists
        operation = endpoint.operation
    }

    fileprivate init(_ page: WebPage) throws(RouteTable.Conflict) {
        guard let rules = page.rules else { throw .noRules(page.name) }
        method = page.method
        path = page.path
        self.rules = rules
        representations = .page(
            RouteTable.Page(
                run: try rules.run(page.handler, for: page.name), failed: page.failed))
        omitsErrorBody = { _ in false }
        exists = { _ in true }
        operation = nil
    }
}

extension RouteRules {
    /// A handler with the checks in front of it that the rules declare.
    fileprivate func run(
        _ handler: Handler, for name: String
    ) throws(RouteTable.Conflict) -> Handler.Run {
        guard lane != .loop || !traits.contains(.secretBody) else { throw .secretOnLoop(name) }
        guard let run = handler.enforcing(access) else { throw .accessMismatch(name) }
        guard traits.contains(.needsMail) else { return run }
        return { context throws(RequestError) in
            try context.domain { service throws(AuthError) in try service.requireMail() }
            return try run(context)
        }
    }
}

extension Endpoint {
    fileprivate var name: String { "\(method.rawValue) \(path)" }
}

extension WebPage {
    fileprivate var name: String { "\(method.rawValue) \(path)" }
}
