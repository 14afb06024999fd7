import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// What a reverse proxy asks.
    static let verify =
        [
            Operation(
                method: .get, path: "/auth/verify", id: "verify",
                summary: "Whether a request may pass, and whose it is", tag: .proxies,
                description: """
                    For nginx `auth_request`, Traefik, Caddy `forward_auth` and HAProxy. The query is \
                    the proxy's own, never its client's. A browser that nobody is signed in to is \
                    sent to the login page. With `redirect=401` refusals have no body.
                    """,
                caller: .verified, parameters: OperationParameter.verify, trait: .sameOrigin,
                answers: [admitted, sentToLogin],
                errors: [.invalidRequest])
        ]
        + Method.allCases.map { method in
            Operation(
                method: method, path: "/auth/verify/{rest}",
                id: "verifyUnderPrefix\(method.rawValue)",
                summary: "The same, for a proxy that puts a prefix before the path", tag: .proxies,
                description: """
                    For Envoy. `rest` is the query of `/auth/verify`, a slash, and the path that is \
                    asked for; the method is that of the request.
                    """,
                caller: .verified, parameters: [.rest], trait: .forwardAuth,
                answers: [admitted] + (method == .get || method == .head ? [sentToLogin] : []),
                errors: [.invalidRequest, .notFound])
        }

    private static let admitted = OperationAnswer(
        status: .ok, description: "It may pass", content: .none,
        fields: [.remoteUser, .remoteEmail, .remoteName, .remoteGroups, .authTier, .authScopes])

    private static let sentToLogin = OperationAnswer.json(
        .found, "A browser has to sign in", .object(["success": .always(.bool(false))]),
        fields: [.location])
}

extension OperationParameter {
    fileprivate static let verify = [
        OperationParameter(
            name: "role", place: .query, description: "The least role; `member` without it",
            schema: .oneOf(Account.Role.self)),
        OperationParameter(
            name: "tier", place: .query, description: "The least tier",
            schema: .oneOf(Account.Tier.self)),
        OperationParameter(
            name: "user", place: .query,
            description: "What `Remote-User` holds; an email has to be confirmed",
            schema: .oneOf(VerifyQuery.Naming.self)),
        OperationParameter(
            name: "keys", place: .query, description: "Whether API keys are let in",
            schema: .oneOf(VerifyQuery.Keys.self)),
        OperationParameter(
            name: "redirect", place: .query,
            description:
                "401 with `Location` where the proxy hands on no redirect; refusals without a body",
            schema: .oneOf(VerifyQuery.Redirect.self)),
        OperationParameter(
            name: "X-Forwarded-Method", place: .header,
            description: "The method that is asked for; of `trustedProxies` alone, as the others",
            schema: .string()),
        OperationParameter(
            name: "X-Forwarded-Proto", place: .header, description: "`https` or `http`",
            schema: .string()),
        OperationParameter(
            name: "X-Forwarded-Host", place: .header, description: "Its host, and port",
            schema: .string()),
        OperationParameter(
            name: "X-Forwarded-Uri", place: .header, description: "Its path and query",
            schema: .string()),
    ]

    fileprivate static let rest = OperationParameter(
        name: "rest", place: .path, description: "Its slashes and `=` as they are, not encoded",
        schema: .string(pattern: "^(\(term))(&(\(term)))*(/.*)?$")
            .example(.string("role=member/the/path")),
        isRequired: true)

    private static let term =
        "role=(owner|admin|member|user)|tier=(free|pro|team)|user=(id|email)|keys=allow|redirect=401"
}
