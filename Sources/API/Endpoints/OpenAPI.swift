import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET /openapi.json`: how all endpoints are called; public.
    static func openAPI(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        let document = configuration.openAPI.bytes {
            OpenAPIDocument(
                version: configuration.version, cookieName: context.configuration.cookie.name,
                minimumPasswordLength: context.service.minimumPasswordLength
            ).encoded
        }
        return EndpointResult(context.json(.ok, document))
    }
}
