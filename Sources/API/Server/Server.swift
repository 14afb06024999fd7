import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// For client developers and load balancers.
    static func server(_ configuration: APIConfiguration) -> [Endpoint] {
        [
            Endpoint(
                .get, "/health", .init(on: .loop), handler: health,
                Operation(
                    id: "health", summary: "The server responds", tag: .server,
                    responses: [
                        .json(.ok, "From memory", .object(["status": .always(.string("ok"))]))
                    ])),
            Endpoint(
                .get, "/openapi.json", .init(on: .loop),
                handler: { context throws(RequestError) in try openAPI(context, configuration) },
                Operation(
                    id: "openAPI", summary: "This document", tag: .server,
                    responses: [
                        .json(
                            .ok, "OpenAPI 3.1",
                            .object([
                                "openapi": .string(), "info": .object([:]), "paths": .object([:]),
                            ]))
                    ])),
        ]
    }

    /// Also `GET /livez` of the admin listener.
    static func health(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        EndpointResult(context.json(.ok, Array(#"{"status":"ok"}"#.utf8)))
    }

    private static func openAPI(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) -> EndpointResult {
        let document = configuration.openAPI.bytes {
            OpenAPIDocument(
                table: context.table, version: configuration.version,
                cookieName: context.configuration.cookie.name,
                minimumPasswordLength: context.service.minimumPasswordLength
            ).encoded
        }
        return EndpointResult(context.json(.ok, document))
    }
}
