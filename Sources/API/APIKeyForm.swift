import Auth
import Crypto
import JSON

extension APIKeyDetails {
    /// An object with the public form of the key added, by which its owner knows it.
    func members(of object: JSONObject) -> JSONObject {
        var object = object
        object.add("id", .string(key.id.description))
        object.add("name", .string(name))
        object.add("prefix", .string(prefix))
        object.add("scopes", .array(key.scopes.names.map(JSONValue.string)))
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("expiresAt", key.expiresAt.map { .string($0.rfc3339) } ?? .null)
        object.add("lastUsedAt", lastUsedAt.map { .string($0.rfc3339) } ?? .null)
        return object
    }
}
