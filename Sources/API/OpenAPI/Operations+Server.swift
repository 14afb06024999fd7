import HTTP
import JSON

extension Operation {
    /// For whoever writes clients, and for load balancers.
    static let server = [
        Operation(
            method: .get, path: "/health", id: "health", summary: "The server answers",
            tag: .server,
            answers: [.json(.ok, "From memory", .object(["status": .always(.string("ok"))]))]),
        Operation(
            method: .get, path: "/openapi.json", id: "openAPI", summary: "This document",
            tag: .server,
            answers: [
                .json(
                    .ok, "OpenAPI 3.1",
                    .object(["openapi": .string(), "info": .object([:]), "paths": .object([:])]))
            ]),
    ]
}
