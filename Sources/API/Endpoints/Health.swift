import Auth
import HTTP

extension Endpoints {
    /// `GET /health`: the process answers.
    static func health(_ context: RequestContext) throws(APIError) -> EndpointResult {
        EndpointResult(context.json(.ok, Array(#"{"status":"ok"}"#.utf8)))
    }
}
