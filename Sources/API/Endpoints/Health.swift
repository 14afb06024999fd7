import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET /health`: the process answers.
    static func health(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        EndpointResult(context.json(.ok, Array(#"{"status":"ok"}"#.utf8)))
    }
}
