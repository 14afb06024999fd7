import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `GET /auth/setup/exists`: whether an owner exists; public.
    static func setupExists(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let exists = context.service.state.hasOwner
        var object = JSONObject()
        object.add("success", .bool(exists))
        object.add("setupRequired", .bool(!exists))
        object.add(
            "message", .string(exists ? "Setup is done" : "No owner exists; setup is required"))
        return EndpointResult(context.json(.ok, object))
    }
}
