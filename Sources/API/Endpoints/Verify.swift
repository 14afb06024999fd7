import Auth
import Crypto
import HTTP
import Web

extension Endpoints {
    /// `GET /auth/verify`: whether the request that a proxy holds back may pass, and whose it is.
    static func verify(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        try verify(
            context, configuration, OriginalRequest(describedIn: context),
            against: VerifyQuery(of: context.request))
    }

    /// `/auth/verify/{query}/{path}?{query}`, by any method: the same for Envoy, which puts a prefix
    /// before the path and leaves method and query as they are.
    static func verifyUnderPrefix(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        let rest = context.request.path.dropFirst(verifyPrefix.utf8.count)
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        // Nothing is usual here: a prefix without a query would leave its place to the client.
        guard slash > rest.startIndex else { throw .notFound }
        let original = OriginalRequest(context, path: rest[slash...])
        return try verify(context, configuration, original, against: VerifyQuery(rest[..<slash]))
    }

    /// The path of `verify`.
    static let verifyPath = "/auth/verify"
    /// What stands before the query of `verifyUnderPrefix`.
    static let verifyPrefix = "\(verifyPath)/"

    /// Whether a request is a proxy's that discards the body of a refusal.
    static func discardsRefusals(_ request: Request) -> Bool {
        guard request.listener == .public else { return false }
        let path = request.path
        if path.equals(verifyPath) { return VerifyQuery.discardsRefusals(request.query ?? []) }
        guard path.starts(with: verifyPrefix.utf8) else { return false }
        let rest = path.dropFirst(verifyPrefix.utf8.count)
        return VerifyQuery.discardsRefusals(rest.prefix { $0 != UInt8(ascii: "/") })
    }

    private static func verify(
        _ context: RequestContext, _ configuration: APIConfiguration, _ original: OriginalRequest,
        against query: VerifyQuery
    ) throws(RequestError) -> EndpointResult {
        let caller: Caller
        do throws(RequestError) {
            caller = try context.caller(against: query.requirement(of: original))
        } catch .domain(.unauthenticated(let reason)) where original.isNavigation(context.request) {
            let location = configuration.loginPage.location(
                from: original, website: context.service.websiteURL)
            guard query.redirect == nil else { throw .login(location, reason) }
            var response = context.json(.found, denial)
            response.fields.add("Location", location)
            return EndpointResult(response)
        }
        // Proxies read the fields alone, and nginx closes the connection of a subrequest whose answer
        // has a body that it does not want.
        var response = context.empty(.ok, capacity: identityCapacity)
        add(caller, to: &response.fields, namedBy: query.user ?? .id)
        return EndpointResult(response, account: caller.account.id)
    }

    private static let denial = Array(#"{"success":false}"#.utf8)

    /// Bytes of most identities, so that their fields are added without a copy.
    private static let identityCapacity = 320

    /// Says who somebody is, to a proxy that hands it on to the application.
    private static func add(
        _ caller: Caller, to fields: inout FieldLines, namedBy naming: VerifyQuery.Naming
    ) {
        let account = caller.account
        fields.add("Remote-User") { value in
            switch naming {
            case .id: account.id.append(to: &value)
            case .email: value.append(contentsOf: account.email.address.utf8)
            }
        }
        if account.emailVerifiedAt != nil { fields.add("Remote-Email", account.email.address) }
        fields.add("Remote-Name") { PercentEncoding.append(account.name.utf8, to: &$0) }
        fields.add("Remote-Groups", account.role.rawValue)
        fields.add("X-Auth-Tier", account.tier.rawValue)
        if case .apiKey(let key) = caller.means {
            let names = [(APIKey.Scopes.read, "read"), (.write, "write")]
                .filter { key.scopes.contains($0.0) }.map(\.1)
            fields.add("X-Auth-Scopes", names.joined(separator: " "))
        }
    }
}
