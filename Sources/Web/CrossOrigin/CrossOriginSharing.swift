import Bytes
import Auth
import HTTP

/// Lets scripts of other origins use the API, where the operator named them (CORS, the Fetch standard
/// §3.2).
///
/// Cookies never count for them: `Access-Control-Allow-Credentials` is not sent, and a request of
/// theirs is served as if it had none. They sign in and send `Authorization: Bearer`.
struct CrossOriginSharing: Sendable {
    private let origins: [AllowedOrigin]

    init(_ origins: [AllowedOrigin]) {
        self.origins = origins
    }

    /// Whether any origin is named.
    var isEnabled: Bool { !origins.isEmpty }

    /// The origin of the page that sent a request, where it is named and is not the server's own.
    ///
    /// - Parameters:
    ///   - request: To a route that is shared.
    ///   - website: The server's own origin.
    /// - Returns: The value of its one Origin field.
    func origin(of request: Request, website: Origin) -> ArraySlice<UInt8>? {
        guard let origin = request.single(.origin),
            origins.contains(where: { origin.elementsEqual($0.text.utf8) }),
            !CrossOrigin.allows(request, website: website)
        else { return nil }
        return origin
    }

    /// Adds the fields of every response of a shared route.
    ///
    /// - Parameters:
    ///   - fields: Those of the response.
    ///   - origin: As `origin(of:website:)` found it.
    func mark(_ fields: inout FieldLines, for origin: ArraySlice<UInt8>?) {
        // Caches must not give one origin the response to the page of another.
        fields.add("Vary", "Origin")
        guard let origin else { return }
        fields.add("Access-Control-Allow-Origin", capacity: origin.count) {
            $0.append(copying: origin.span)
        }
        fields.add("Access-Control-Expose-Headers", Self.exposedFields)
    }

    /// Adds the fields of the response to a preflight.
    ///
    /// - Parameters:
    ///   - fields: Those of the response to OPTIONS.
    ///   - methods: Those of the path that are shared.
    func markPreflight(_ fields: inout FieldLines, methods: [Method]) {
        fields.add("Access-Control-Allow-Methods", RequestError.allow(methods))
        fields.add("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Request-Id")
        fields.add("Access-Control-Max-Age", String(Self.preflightSeconds))
    }

    private static let exposedFields =
        (["Retry-After", "X-Request-Id"] + Response.rateLimitFields.map(\.description))
        .joined(separator: ", ")

    /// For how long a browser need not ask again; short enough for an origin that is taken off the
    /// list.
    private static let preflightSeconds = 600
}
