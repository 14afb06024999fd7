package import Auth
package import HTTP
import JSON

/// Everything that can go wrong with a request, in whatever room; becomes bytes here and nowhere
/// else.
package enum RequestError: Error {
    /// What the domain says.
    case domain(AuthError)
    /// Inputs are at fault, among them an email or a password that has to be there.
    case missingCredentials([InvalidInput])
    /// What the server says, or the parser.
    case refused(Refusal)
    /// Nobody is signed in; where a browser can be sent to, for a proxy that does it itself.
    case login(String, Reason)
    /// No such path.
    case notFound
    /// The path is there, the method is not; those that are.
    case methodNotAllowed([Method])
    /// A body that is not `application/json`.
    case unsupportedMediaType
    /// A body with a content coding.
    case unsupportedContentCoding
    /// A body that is no JSON object.
    case malformedJSON(String)
    /// An unsafe request from another site (CSRF).
    case crossOrigin
    /// A link that a browser followed on its own account.
    case prefetch

    /// What is written about a problem.
    package struct Report {
        package let status: Status
        package let code: ErrorCode
        /// For a person; never holds a secret or what the client sent.
        package let sentence: String
    }
}

extension RequestError {
    /// The answer.
    ///
    /// Fields beside the general ones are set where the status calls for them.
    package func response(_ fields: FieldLines) -> Response {
        let report = report
        var response = Response(status: report.status, fields: fields)
        var body = JSONObject()
        body.add("error", .string(report.sentence))
        body.add("code", .string(report.code.rawValue))
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
        case .login(let location, _):
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

    /// The Bearer challenge of a 401, and of a 403 that another credential would change
    /// (RFC 6750 §3).
    private var challenge: String? {
        switch self {
        case .domain(.insufficientScope): #"Bearer error="insufficient_scope""#
        case .domain(.invalidToken): #"Bearer error="invalid_token""#
        case .domain(.tokenExpired):
            #"Bearer error="invalid_token", error_description="The token expired""#
        default: report.status == .unauthorized ? "Bearer" : nil
        }
    }

    /// Seconds after which asking again makes sense.
    private var retryAfter: Int? {
        switch self {
        case .domain(.tooManyRequests(let seconds, _)), .domain(.overloaded(let seconds, _)):
            seconds
        case .refused(.overloaded(let seconds)), .refused(.waitedTooLong(let seconds)):
            seconds
        case .domain(.unavailable), .domain(.notInMemory), .refused(.tooManyConnections): 1
        default: nil
        }
    }

    /// What happened, for the log alone; nil where the code says it all.
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
        case .login(_, let reason): reason
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

    /// Which rule of HTTP a message breaks, for the log.
    var brokenRule: MessageError.Reason? {
        guard case .refused(.message(.malformed(let rule))) = self else { return nil }
        return rule
    }

    /// Status, code and sentence.
    package var report: Report {
        switch self {
        case .domain(let error): Self.report(error)
        case .missingCredentials:
            Report(
                status: .badRequest, code: .invalidRequest, sentence: "Missing email or password")
        case .refused(let refusal): Self.report(refusal)
        case .login(_, let reason): Self.report(AuthError.unauthenticated(reason))
        case .notFound:
            Report(status: .notFound, code: .notFound, sentence: "There is nothing at this path")
        case .methodNotAllowed:
            Report(
                status: .methodNotAllowed, code: .methodNotAllowed,
                sentence: "This path does not take this method")
        case .unsupportedMediaType:
            Report(
                status: .unsupportedMediaType, code: .unsupportedMediaType,
                sentence: "The body must be sent as application/json")
        case .unsupportedContentCoding:
            Report(
                status: .unsupportedMediaType, code: .unsupportedMediaType,
                sentence: "The body must be sent without a content coding")
        case .malformedJSON(let sentence):
            Report(status: .badRequest, code: .malformedJSON, sentence: sentence)
        case .crossOrigin:
            Report(
                status: .forbidden, code: .crossOrigin,
                sentence: "A page of another site may not make this request")
        case .prefetch:
            Report(
                status: .forbidden, code: .forbidden,
                sentence: "This path is not for prefetching")
        }
    }

    static func report(_ refusal: Refusal) -> Report {
        switch refusal {
        case .message(let error): report(error)
        case .requestTimeout:
            Report(
                status: .requestTimeout, code: .requestTimeout,
                sentence: "The request did not arrive in time")
        case .tooManyConnections:
            Report(
                status: .serviceUnavailable, code: .tooManyConnections,
                sentence: "The server has too many connections")
        case .overloaded, .waitedTooLong:
            Report(
                status: .serviceUnavailable, code: .overloaded,
                sentence: "The server is busy; try again soon")
        }
    }

    private static func report(_ error: MessageError) -> Report {
        switch error {
        case .malformed(let reason):
            Report(
                status: .badRequest, code: .malformedRequest,
                sentence: "The request is malformed: \(reason.rawValue)")
        case .contentTooLarge:
            Report(
                status: .contentTooLarge, code: .contentTooLarge,
                sentence: "The body is larger than 64 KiB")
        case .targetTooLong:
            Report(
                status: .uriTooLong, code: .uriTooLong,
                sentence: "The request target is longer than 8 KiB")
        case .expectationFailed:
            Report(
                status: .expectationFailed, code: .expectationFailed,
                sentence: "The only expectation met is 100-continue")
        case .fieldsTooLarge:
            Report(
                status: .requestHeaderFieldsTooLarge, code: .fieldsTooLarge,
                sentence: "The head is too large or has more than 100 fields")
        case .methodNotImplemented:
            Report(
                status: .notImplemented, code: .methodNotImplemented,
                sentence: "The method is not known here")
        case .versionNotSupported:
            Report(
                status: .httpVersionNotSupported, code: .httpVersionNotSupported,
                sentence: "The only version spoken here is HTTP/1.1")
        }
    }
}
