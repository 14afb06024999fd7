import Auth
import Crypto
import JSON

extension Passkey {
    /// A passkey, as `GET /auth/passkeys` lists it.
    var json: JSONObject {
        var object = JSONObject()
        object.add("id", .string(id.description))
        object.add("name", .string(name))
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("lastUsedAt", .time(lastUsedAt))
        object.add("synced", .bool(isSynced))
        object.add("transports", .array(transports.map(JSONValue.string)))
        return object
    }
}
