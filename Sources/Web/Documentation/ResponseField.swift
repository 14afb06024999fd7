import Auth
package import JSON

/// A field of a response that clients read.
package enum ResponseField: String, CaseIterable, Sendable {
    case requestID = "X-Request-Id"
    case setCookie = "Set-Cookie"
    case setCookieSometimes = "Set-Cookie.sometimes"
    case setDeviceCookie = "Set-Cookie.device"
    case clearSiteData = "Clear-Site-Data"
    case location = "Location"
    case retryAfter = "Retry-After"
    case retryAfterSometimes = "Retry-After.sometimes"
    case acceptEncoding = "Accept-Encoding"
    case challenge = "WWW-Authenticate"
    case loginLocation = "Location.login"
    case remoteUser = "Remote-User"
    case remoteEmail = "Remote-Email"
    case remoteName = "Remote-Name"
    case remoteGroups = "Remote-Groups"
    case authTier = "X-Auth-Tier"
    case authScopes = "X-Auth-Scopes"
    case rateLimit = "X-RateLimit-Limit"
    case rateLimitRemaining = "X-RateLimit-Remaining"
    case rateLimitReset = "X-RateLimit-Reset"

    /// The fields of a response to a request that was counted against the limit of its caller's tier.
    package static let rateLimits: [ResponseField] = [
        .rateLimit, .rateLimitRemaining, .rateLimitReset,
    ]

    /// Its name on the wire.
    package var name: String { String(rawValue.prefix { $0 != "." }) }

    /// Whether each response that lists it has it.
    package var isAlwaysThere: Bool {
        switch self {
        case .requestID, .setCookie, .location, .retryAfter, .challenge, .remoteUser, .remoteName,
            .remoteGroups, .authTier:
            true
        case .clearSiteData, .retryAfterSometimes, .setCookieSometimes, .setDeviceCookie,
            .acceptEncoding,
            .loginLocation, .remoteEmail, .authScopes, .rateLimit, .rateLimitRemaining,
            .rateLimitReset:
            false
        }
    }

    /// The header, for the OpenAPI document.
    package var encoded: JSONObject {
        var object = JSONObject()
        object.add("description", .string(description))
        if isAlwaysThere { object.add("required", .bool(true)) }
        object.add("schema", schema.encoded)
        return object
    }

    private var description: String {
        switch self {
        case .requestID: "The id of the request in the server's log"
        case .setCookie, .setCookieSometimes:
            """
            The session cookie, `HttpOnly`; cleared with `Max-Age=0`. Signing in sets the device \
            cookie, too
            """
        case .setDeviceCookie:
            """
            The device cookie, `HttpOnly`: no credential; a login that sends it is not delayed by the \
            wrong passwords of other clients
            """
        case .clearSiteData: "What the browser deletes, where that is configured"
        case .location: "Where the browser continues"
        case .retryAfter, .retryAfterSometimes: "Seconds after which trying again makes sense"
        case .acceptEncoding: "`identity`, where the body had a content coding"
        case .challenge: "`Bearer`, with `error` and `error_description` for a bad token"
        case .loginLocation: "The login page, with `redirect=401` for a browser"
        case .remoteUser: "The id of the account, or its email with `user=email`"
        case .remoteEmail: "The email, once it is confirmed"
        case .remoteName: "The name, percent-encoded UTF-8"
        case .remoteGroups: "The role"
        case .authTier: "The tier"
        case .authScopes: "What the API key may do"
        case .rateLimit: "Requests per minute of the account's tier, where they are counted"
        case .rateLimitRemaining: "How many are left"
        case .rateLimitReset: "Seconds until all are available again"
        }
    }

    private static let cookie =
        "[^=;]+=[A-Za-z0-9_-]*; Path=/; (Domain=[^;]+; )?Max-Age=[0-9]+; HttpOnly; "
        + "SameSite=(Lax|Strict|None)(; Secure)?"

    private var schema: Schema {
        switch self {
        case .requestID: .string(pattern: "^[A-Za-z0-9._-]{1,64}$")
        case .setCookie, .setCookieSometimes, .setDeviceCookie:
            // Some clients join those of one response, of which there are at most four.
            .string(pattern: "^\(Self.cookie)(, \(Self.cookie)){0,3}$")
        case .clearSiteData, .location, .loginLocation: .string()
        case .remoteUser, .remoteEmail: .string()
        case .remoteName: .string(pattern: "^[A-Za-z0-9._~%-]+$")
        case .remoteGroups: .oneOf(Account.Role.self)
        case .authTier: .oneOf(Account.Tier.self)
        case .authScopes: .oneOf(["read", "write", "read write"])
        case .retryAfter, .retryAfterSometimes, .rateLimit: .integer(1...Int64.max)
        case .rateLimitRemaining, .rateLimitReset: .integer(0...Int64.max)
        case .challenge: .string(pattern: "^Bearer")
        case .acceptEncoding: .oneOf(["identity"])
        }
    }
}
