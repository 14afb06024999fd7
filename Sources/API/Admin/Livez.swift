import HTTP

extension Endpoints {
    /// `GET /livez`: the process answers.
    static func livez(_ exchange: Exchange) throws(Problem) -> Answer {
        Answer(exchange.json(.ok, Array(#"{"status":"ok"}"#.utf8)))
    }
}
