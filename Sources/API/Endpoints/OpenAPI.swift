import Auth
import HTTP

extension Endpoints {
    /// `GET /openapi.json`: how all endpoints are called; public.
    static func openAPI(_ context: RequestContext) throws(APIError) -> EndpointResult {
        let configuration = context.configuration
        let document = configuration.openAPI.bytes {
            OpenAPIDocument(
                version: configuration.version, cookieName: configuration.cookie.name,
                minimumPasswordLength: context.service.minimumPasswordLength
            ).encoded
        }
        return EndpointResult(context.json(.ok, document))
    }
}
