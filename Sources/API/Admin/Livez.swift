import HTTP
import Web

extension Endpoints {
    /// `GET /livez`: the process answers.
    static func livez(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        EndpointResult(context.json(.ok, Array(#"{"status":"ok"}"#.utf8)))
    }
}
