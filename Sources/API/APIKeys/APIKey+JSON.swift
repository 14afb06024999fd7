package import Auth
import Crypto
package import JSON

extension APIKeyDetails {
    /// An API key without its text, as `GET /auth/api-keys` lists it.
    var json: JSONObject { members(of: JSONObject()) }

    /// An object with the members of the key added.
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

extension OwnedAPIKey {
    /// An API key as its owner lists it, with the owner's email.
    package var json: JSONObject {
        var object = details.json
        object.add("email", .string(email.address))
        return object
    }
}
