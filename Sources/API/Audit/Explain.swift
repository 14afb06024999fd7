import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Why requests were refused.
    static let explain = [
        Endpoint(
            .get, "/auth/explain/{requestId}",
            .init(on: .store, access: .administrator(.administration)),
            handler: explainForAdministrator,
            Operation(
                id: "explain", summary: "Why a request was refused", tag: .audit,
                description: """
                    Of the last 10,000 requests that were answered with 401, 403, 409, 429 or 503 since \
                    the start. A proxy may give one id to several requests.
                    """,
                responses: [.json(.ok, "Its refusals, newest first", .explanations)])),
        Endpoint(
            .get, "/explain/{requestId}", .init(at: .admin, on: .store),
            handler: explainForOperator,
            Operation(
                id: "explainLocally", summary: "Why a request was refused", tag: .admin,
                description: """
                    As `/auth/explain/{requestId}`, for `lunauth explain`: of processes on this machine \
                    that run as the user of the server; others get 404.
                    """,
                responses: [.json(.ok, "Its refusals, newest first", .explanations)])),
    ]

    private static func explainForAdministrator(
        _ context: RequestContext, _ caller: Caller
    ) throws(RequestError) -> Response {
        try explain(context)
    }

    private static func explainForOperator(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        try context.requireOperator()
        return EndpointResult(try explain(context))
    }

    private static func explain(_ context: RequestContext) throws(RequestError) -> Response {
        let refusals = try context.explainedRefusals(of: context.requestIDInPath)
        var object = JSONObject()
        object.add("items", refusals.map(\.json))
        return context.json(.ok, object)
    }
}

// MARK: - Documentation

extension Schema {
    /// The refusals of one request id.
    fileprivate static let explanations = object([
        "items": array(of: explanation).described("Newest first")
    ])

    private static let explanation = object([
        "requestId": string(),
        "time": time,
        "method": string().orNull,
        "route": string().orNull.described("As documented, without the ids of the request"),
        "status": integer(401...503),
        "code": oneOf(ErrorCode.self).orNull,
        "reason": string().described("As in the log"),
        "client": string().orNull.described("Its address; null on a Unix socket"),
        "account": id.orNull.described("The account that was identified"),
        "explanation": string().described("Sentences for a person, in English"),
        "until": time.orNull.described("When the limit allows the next request"),
        "clockAheadSeconds": integer(1...Int64.max).orNull
            .described("How far the clock that issued the token is ahead"),
        "event": id.orNull.described("The event that decided"),
    ])
}
