import HTTP

extension Endpoints {
    /// `GET /livez`: the process answers.
    static func livez(_ context: RequestContext) throws(APIError) -> EndpointResult {
        EndpointResult(context.json(.ok, Array(#"{"status":"ok"}"#.utf8)))
    }
}
