package import Auth
import Crypto
package import JSON

extension SessionDetails {
    /// A session as `GET /auth/sessions` lists it, except `current`; nothing in it is a credential.
    package var json: JSONObject {
        var object = JSONObject()
        object.add("id", .string(session.id.description))
        object.add("device", .string(Device.label(ofUserAgent: userAgent)))
        object.add("userAgent", userAgent.map(JSONValue.string) ?? .null)
        object.add("address", address.map(JSONValue.string) ?? .null)
        object.add("createdAt", .string(session.createdAt.rfc3339))
        object.add("lastSeenAt", .string(lastSeenAt.rfc3339))
        object.add("expiresAt", .string(session.expiresAt.rfc3339))
        object.add("authenticatedAt", .string(session.authenticatedAt.rfc3339))
        object.add("methods", .array(session.methods.names.map(JSONValue.string)))
        return object
    }
}
