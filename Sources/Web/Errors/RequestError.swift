package import Auth
package import HTTP
import JSON

/// Everything that can go wrong with a request, in any module.
package enum RequestError: Error {
    /// An error of the domain.
    case domain(AuthError)
    /// Invalid inputs, among them a missing email or password.
    case missingCredentials([InvalidInput])
    /// A refusal of the server or the parser.
    case refused(Refusal)
    /// A browser that an application does not admit, for this error; with the page for it, for a proxy
    /// that redirects itself.
    indirect case redirected(RequestError, to: String)
    /// No such path.
    case notFound
    /// The path does not support the method; those that it supports.
    case methodNotAllowed([Method])
    /// A body that is not `application/json`.
    case unsupportedMediaType
    /// A body with a content coding.
    case unsupportedContentCoding
    /// A body that is not one JSON object, with the sentence.
    case malformedJSON(String)
    /// An unsafe request from another site (CSRF).
    case crossOrigin
    /// A link that a browser followed before the person did.
    case prefetch
}

extension RequestError {
    /// The response in JSON, with these fields and those that its status requires.
    package func response(_ fields: FieldLines) -> Response {
        var response = Response(status: status, fields: fields)
        var body = JSONObject()
        body.add("error", .string(sentence))
        body.add("code", .string(code.rawValue))
        switch self {
        case .domain(.invalidInput(let inputs)), .missingCredentials(let inputs):
            var members = JSONObject()
            var seen: Set<String> = []
            for input in inputs where seen.insert(input.field).inserted {
                members.add(input.field, .string(input.message))
            }
            body.add("fields", members)
        case .domain(.alreadySetUp):
            body.add("errorType", .string("ownerExists"))
        case .domain(.secondFactorRequired(let pending)),
            .domain(.factorEnrolmentRequired(let pending?)):
            body.add("challenge", .string(pending.challenge))
            body.add("methods", Self.names(of: pending.methods))
        case .domain(.reauthenticationRequired(let methods)):
            body.add("methods", Self.names(of: methods))
        case .redirected(_, let location):
            response.fields.add("Location", location)
        case .methodNotAllowed(let methods):
            response.fields.add("Allow", Self.allow(methods))
        case .unsupportedContentCoding:
            // RFC 9110 §12.5.3: so that a client can tell it from a wrong media type.
            response.fields.add("Accept-Encoding", "identity")
        default: break
        }
        if let challenge {
            response.fields.add("WWW-Authenticate", challenge)
        }
        if let seconds = retryAfter {
            response.fields.add("Retry-After", String(seconds))
        }
        response.body = body.encoded()
        return response
    }

    /// The value of an Allow field (RFC 9110 §10.2.1).
    static func allow(_ methods: [Method]) -> String {
        methods.map(\.rawValue).joined(separator: ", ")
    }

    private static func names(of methods: [SignInMethod]) -> JSONValue {
        .array(methods.map { .string($0.rawValue) })
    }

    /// The Bearer challenge of a 401, and of a 403 that another credential would change
    /// (RFC 6750 §3).
    private var challenge: String? {
        switch self {
        case .domain(.insufficientScope): #"Bearer error="insufficient_scope""#
        case .domain(.invalidToken): #"Bearer error="invalid_token""#
        case .domain(.tokenExpired):
            #"Bearer error="invalid_token", error_description="The token expired""#
        default: status == .unauthorized ? "Bearer" : nil
        }
    }

    /// Seconds after which the client may try again.
    package var retryAfter: Int? {
        switch self {
        case .domain(.tooManyRequests(let seconds, _)), .domain(.overloaded(let seconds, _)):
            seconds
        case .refused(.overloaded(let seconds)), .refused(.waitedTooLong(let seconds)):
            seconds
        case .domain(.unavailable), .domain(.notInMemory), .refused(.tooManyConnections): 1
        default: nil
        }
    }

    /// What happened, for the log alone; nil where the code is enough.
    var detail: String? {
        switch self {
        case .domain(.unavailable(_, let detail)): detail
        default: nil
        }
    }

    /// Why, for the log alone: one for every 401, 403, 409, 429 and 503.
    var reason: Reason? {
        switch self {
        case .domain(let error): error.reason
        case .redirected(let error, _): error.reason
        case .crossOrigin: .crossOrigin
        case .prefetch: .prefetched
        case .refused(.tooManyConnections): .tooManyConnections
        case .refused(.overloaded): .laneQueueFull
        case .refused(.waitedTooLong): .waitedTooLong
        case .missingCredentials, .refused(.message), .refused(.requestTimeout), .notFound,
            .methodNotAllowed, .unsupportedMediaType, .unsupportedContentCoding, .malformedJSON:
            nil
        }
    }

    /// The rule of HTTP that the message breaks, for the log.
    var brokenRule: MessageError.Reason? {
        guard case .refused(.message(.malformed(let rule))) = self else { return nil }
        return rule
    }

    /// The status of the response.
    package var status: Status { code.status }

    /// The code of the response.
    package var code: ErrorCode {
        switch self {
        case .domain(let error): ErrorCode(error)
        case .redirected(let error, _): error.code
        case .missingCredentials: .invalidRequest
        case .refused(let refusal): ErrorCode(refusal)
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .unsupportedMediaType, .unsupportedContentCoding: .unsupportedMediaType
        case .malformedJSON: .malformedJSON
        case .crossOrigin: .crossOrigin
        case .prefetch: .forbidden
        }
    }

    /// The sentence of the response; never contains a secret or what the client sent.
    package var sentence: String {
        switch self {
        case .domain(.notFound): "No resource has this id"
        case .domain(.invalidLink(.some(let settled))): settled.sentence
        case .domain(.invalidPasskey(let refusal)): refusal.sentence ?? code.declaration.title
        case .missingCredentials: "Missing email or password"
        case .refused(.message(.malformed(let rule))):
            "The request is malformed: \(rule.rawValue)"
        case .unsupportedContentCoding: "The body must be sent without a content coding"
        case .malformedJSON(let sentence): sentence
        case .prefetch: "This path is not for prefetching"
        default: code.declaration.title
        }
    }
}
