import Auth
import HTTP

extension Endpoints {
    /// `GET /health`: the process answers.
    static func health(_ exchange: Exchange) throws(Problem) -> Answer {
        Answer(exchange.json(.ok, Array(#"{"status":"ok"}"#.utf8)))
    }
}
