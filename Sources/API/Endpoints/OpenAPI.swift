import Auth
import HTTP

extension Endpoints {
    /// `GET /openapi.json`: how all endpoints are called; public.
    static func openAPI(_ exchange: Exchange) throws(Problem) -> Answer {
        let configuration = exchange.configuration
        let document = configuration.openAPI.bytes {
            OpenAPIDocument(
                version: configuration.version, cookieName: configuration.cookie.name,
                minimumPasswordLength: exchange.service.minimumPasswordLength
            ).encoded
        }
        return Answer(exchange.json(.ok, document))
    }
}
