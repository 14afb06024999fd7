import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// Where password managers lead a person to add and manage passkeys (W3C, A Well-Known URL for
    /// Relying Party Passkey Endpoints §2); only where there are pages.
    static func passkeyEndpoints(_ configuration: APIConfiguration) -> [Endpoint] {
        guard configuration.hasPages else { return [] }
        return [
            Endpoint(
                .get, "/.well-known/passkey-endpoints", .init(on: .loop),
                handler: showPasskeyEndpoints,
                Operation(
                    id: "passkeyEndpoints", summary: "Where passkeys are added and managed",
                    tag: .server,
                    responses: [
                        .json(
                            .ok, "The addresses of pages; none where passkeys are not offered",
                            .options(["enroll": .string(), "manage": .string()]))
                    ]))
        ]
    }

    private static func showPasskeyEndpoints(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        var object = JSONObject()
        if context.service.passkeys.availability.isAvailable {
            let page = JSONValue.string("\(context.service.websiteURL)/auth/account#security")
            object.add("enroll", page)
            object.add("manage", page)
        }
        return EndpointResult(context.json(.ok, object))
    }
}
