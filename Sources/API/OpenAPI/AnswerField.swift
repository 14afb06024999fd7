import Auth
import JSON

/// A field of an answer that clients read.
enum AnswerField: String, CaseIterable {
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

    /// Those of a request that was counted against the limit of its caller's tier.
    static let rateLimits: [AnswerField] = [.rateLimit, .rateLimitRemaining, .rateLimitReset]

    /// Its name on the wire.
    var name: String { String(rawValue.prefix { $0 != "." }) }

    /// Whether each answer that lists it has it.
    var isAlwaysThere: Bool {
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

    /// The header as it stands in the document.
    var encoded: JSONObject {
        var object = JSONObject()
        object.add("description", .string(description))
        if isAlwaysThere { object.add("required", .bool(true)) }
        object.add("schema", schema.encoded)
        return object
    }

    private var description: String {
        switch self {
        case .requestID: "The same id stands in the server's log"
        case .setCookie, .setCookieSometimes:
            """
            The session cookie, `HttpOnly`; cleared with `Max-Age=0`. Signing in sets the device \
            cookie, too
            """
        case .setDeviceCookie:
            """
            The device cookie, `HttpOnly`: no credential; whoever sends it along with a login is kept \
            out by nobody else's wrong passwords
            """
        case .clearSiteData: "What the browser forgets, where that is configured"
        case .location: "Where to go on"
        case .retryAfter, .retryAfterSometimes: "Seconds after which trying again makes sense"
        case .acceptEncoding: "`identity`, where the body had a content coding"
        case .challenge: "`Bearer`, with `error` and `error_description` for a bad token"
        case .loginLocation: "The login page, with `redirect=401` for a browser"
        case .remoteUser: "The id of the account, or its email with `user=email`"
        case .remoteEmail: "The email, once it was confirmed"
        case .remoteName: "The name, percent-encoded UTF-8"
        case .remoteGroups: "The role"
        case .authTier: "The tier"
        case .authScopes: "What the API key may do"
        case .rateLimit: "Requests a minute of the account's tier, where they are counted"
        case .rateLimitRemaining: "How many are left now"
        case .rateLimitReset: "Seconds after which all are there again"
        }
    }

    private static let cookie =
        "[^=;]+=[A-Za-z0-9_-]*; Path=/; (Domain=[^;]+; )?Max-Age=[0-9]+; HttpOnly; "
        + "SameSite=(Lax|Strict|None)(; Secure)?"

    private var schema: Schema {
        switch self {
        case .requestID: .string(pattern: "^[A-Za-z0-9._-]{1,64}$")
        case .setCookie, .setCookieSometimes, .setDeviceCookie:
            // Some clients join the two that an answer may have.
            .string(pattern: "^\(Self.cookie)(, \(Self.cookie))?$")
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
