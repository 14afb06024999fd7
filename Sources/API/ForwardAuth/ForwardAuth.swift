import Auth
import Bytes
import Crypto
import HTTP
import JSON
import Web

extension Endpoints {
    /// Whether a reverse proxy may pass a request on.
    static func forwardAuth(_ configuration: APIConfiguration) -> [Endpoint] {
        [
            Endpoint(
                .get, verifyPath, .init(on: .loop, access: .forwardAuth, [.sameOrigin]),
                handler: { context throws(RequestError) in
                    try verify(
                        context, configuration, { OriginalRequest(describedIn: context) },
                        against: VerifyQuery(of: context.request))
                },
                omittingErrorBody: { VerifyQuery.discardsRefusals($0.query ?? []) },
                Operation(
                    id: "verify", summary: "Whether a request may pass, and whose it is",
                    tag: .proxies,
                    description: """
                        For nginx `auth_request`, Traefik, Caddy `forward_auth` and HAProxy. The \
                        query is the proxy's own, never its client's. A browser is redirected: to the \
                        login page, or, where it is signed in and lacks role or tier, to a page that \
                        says so; for a second factor, to a page where it is proven. With `redirect=401` refusals have no body.
                        """,
                    parameters: verifyParameters, responses: [admitted, redirectedToLogin],
                    errors: [
                        .invalidRequest, .reauthenticationRequired, .factorEnrolmentRequired,
                    ]))
        ]
    }

    /// `/auth/verify/{query}/{path}?{query}`, by any method: for Envoy, which puts a prefix before the
    /// path and leaves method and query as they are.
    static func forwardAuthUnderPrefix(_ configuration: APIConfiguration) -> [Endpoint] {
        Method.allCases.map { method in
            Endpoint(
                method, "\(verifyPrefix){rest}",
                .init(on: .loop, access: .forwardAuth, [.forwardAuth]),
                handler: { context throws(RequestError) in
                    try verifyUnderPrefix(context, configuration)
                },
                omittingErrorBody: { request in
                    let rest = request.path.dropFirst(verifyPrefix.utf8.count)
                    return VerifyQuery.discardsRefusals(rest.prefix { $0 != UInt8(ascii: "/") })
                },
                Operation(
                    id: "verifyUnderPrefix\(method.rawValue)",
                    summary: "The same, for a proxy that puts a prefix before the path",
                    tag: .proxies,
                    description: """
                        For Envoy. `rest` is the query of `/auth/verify`, a slash, and the requested \
                        path; the method is that of the request.
                        """,
                    parameters: [rest],
                    responses: [admitted]
                        + (method == .get || method == .head ? [redirectedToLogin] : []),
                    errors: [
                        .invalidRequest, .reauthenticationRequired, .factorEnrolmentRequired,
                        .notFound,
                    ]))
        }
    }

    private static let verifyPath = "/auth/verify"
    private static let verifyPrefix = "\(verifyPath)/"

    private static func verifyUnderPrefix(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        let rest = context.request.path.dropFirst(verifyPrefix.utf8.count)
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        // No query has no default here: the client could put its own in the empty place.
        guard slash > rest.startIndex else { throw .notFound }
        return try verify(
            context, configuration, { OriginalRequest(context, path: rest[slash...]) },
            against: VerifyQuery(rest[..<slash]))
    }

    private static func verify(
        _ context: RequestContext, _ configuration: APIConfiguration,
        _ original: () -> OriginalRequest, against query: VerifyQuery
    ) throws(RequestError) -> EndpointResult {
        // Whether a proxy lets a request pass then, only this failure shows.
        guard !configuration.probes.takesOutage(of: context) else {
            throw .refused(.overloaded(retryAfterSeconds: 1))
        }
        let caller: Caller
        do throws(RequestError) {
            caller = try context.caller(against: query.requirement(of: original()))
        } catch {
            let original = original()
            guard original.isNavigation(context.request),
                let location = location(of: error, context, configuration, original, query)
            else { throw error }
            guard query.redirect == nil else { throw .redirected(error, to: location) }
            var response = context.json(.found, denial)
            response.fields.add("Location", location)
            return EndpointResult(response)
        }
        // Proxies read the fields alone, and nginx closes the connection of a subrequest whose response
        // has an unwanted body.
        var response = context.empty(.ok, capacity: identityCapacity)
        add(caller, to: &response.fields, namedBy: query.user ?? .id)
        return EndpointResult(response, account: caller.account.id)
    }

    /// The page of a refusal that a person can do something about; nil where it is none.
    private static func location(
        of error: RequestError, _ context: RequestContext, _ configuration: APIConfiguration,
        _ original: OriginalRequest, _ query: VerifyQuery
    ) -> String? {
        let redirect = BrowserRedirect(
            original: original, website: context.service.websiteURL,
            origins: context.configuration.returnOrigins)
        switch error {
        case .domain(.unauthenticated): return redirect.toLogin(configuration.loginPage)
        // A program with a Bearer credential cannot switch accounts.
        case .domain(.forbidden), .domain(.pendingApproval), .domain(.emailUnverified):
            guard configuration.hasPages, context.bearerToken == nil else { return nil }
            return redirect.toDenied(query)
        case .domain(.reauthenticationRequired), .domain(.factorEnrolmentRequired):
            guard configuration.hasPages, context.bearerToken == nil else { return nil }
            return redirect.toProof()
        default: return nil
        }
    }

    private static let denial = Array(#"{"success":false}"#.utf8)

    /// Bytes of most identities, so that their fields are added without a copy.
    private static let identityCapacity = 320

    /// Adds the identity of the caller, which the proxy passes on to the application.
    private static func add(
        _ caller: Caller, to fields: inout FieldLines, namedBy naming: VerifyQuery.Naming
    ) {
        let account = caller.account
        switch naming {
        case .id: fields.add("Remote-User", capacity: 36) { $0.append(account.id) }
        case .email: fields.add("Remote-User", account.email.address)
        }
        if account.emailVerifiedAt != nil { fields.add("Remote-Email", account.email.address) }
        let name = account.name.utf8
        fields.add("Remote-Name", capacity: 3 * name.count) {
            PercentEncoding.append(name, to: &$0)
        }
        fields.add("Remote-Groups", account.role.rawValue)
        fields.add("X-Auth-Tier", account.tier.rawValue)
        if case .apiKey(let key) = caller.means {
            let names = [(APIKey.Scopes.read, "read"), (.write, "write")]
                .filter { key.scopes.contains($0.0) }.map(\.1)
            fields.add("X-Auth-Scopes", names.joined(separator: " "))
        }
    }
}

// MARK: - Documentation

extension Endpoints {
    private static var admitted: Operation.Success {
        Operation.Success(
            .ok, "It may pass", .none,
            fields: [.remoteUser, .remoteEmail, .remoteName, .remoteGroups, .authTier, .authScopes])
    }

    private static var redirectedToLogin: Operation.Success {
        .json(
            .found, "A browser has to sign in, or is told what it lacks",
            .object(["success": .always(.bool(false))]),
            fields: [.location])
    }

    private static var verifyParameters: [Operation.Parameter] {
        [
            Operation.Parameter(
                "role", in: .query, "The least role; `member` without it",
                .oneOf(Account.Role.self)),
            Operation.Parameter(
                "tier", in: .query, "The least tier", .oneOf(Account.Tier.self)),
            Operation.Parameter(
                "factors", in: .query,
                "How many factors must have been proven in the session; `2` admits no API key",
                .oneOf(VerifyQuery.Factors.self)),
            Operation.Parameter(
                "user", in: .query,
                "What `Remote-User` contains; an email has to be confirmed",
                .oneOf(VerifyQuery.Naming.self)),
            Operation.Parameter(
                "keys", in: .query, "Whether API keys are admitted",
                .oneOf(VerifyQuery.Keys.self)),
            Operation.Parameter(
                "redirect", in: .query,
                "401 or 403 with `Location` where the proxy passes on no redirect; no body",
                .oneOf(VerifyQuery.Redirect.self)),
            Operation.Parameter(
                "X-Forwarded-Method", in: .header,
                "The requested method; from `trustedProxies` alone, as the others", .string()),
            Operation.Parameter(
                "X-Forwarded-Proto", in: .header, "`https` or `http`", .string()),
            Operation.Parameter(
                "X-Forwarded-Host", in: .header, "Its host, and port", .string()),
            Operation.Parameter("X-Forwarded-Uri", in: .header, "Its path and query", .string()),
        ]
    }

    private static var rest: Operation.Parameter {
        Operation.Parameter(
            "rest", in: .path, "Its slashes and `=` as they are, not encoded",
            .string(pattern: "^(\(term))(&(\(term)))*(/.*)?$")
                .example(.string("role=member/the/path")),
            isRequired: true)
    }

    private static let term =
        "role=(owner|admin|member|user)|tier=(free|pro|team)|factors=[12]|user=(id|email)|keys=allow|redirect=401"
}
