import Auth
import HTTP

extension Endpoints {
    /// `GET /openapi.json`: how all endpoints are called; public.
    static func openAPI(_ exchange: Exchange) throws(Problem) -> Answer {
        let document = OpenAPIDocument(
            version: exchange.configuration.version,
            cookieName: exchange.configuration.cookie.name,
            minimumPasswordLength: exchange.service.minimumPasswordLength)
        return Answer(exchange.json(.ok, document.encoded))
    }
}
