package import Auth
import Crypto
package import JSON

extension Account {
    /// An account, as `GET /auth/me` and the lists have it.
    package var json: JSONObject {
        var object = JSONObject()
        object.add("id", .string(id.description))
        object.add("email", .string(email.address))
        object.add("name", .string(name))
        object.add("tier", .string(tier.rawValue))
        // Two published clients read this response; each has its own spelling.
        object.add("created_at", .string(createdAt.rfc3339))
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("role", .string(role.rawValue))
        object.add("status", .string(status.rawValue))
        object.add("emailVerified", .bool(emailVerifiedAt != nil))
        object.add("language", language.map { .string($0.rawValue) } ?? .null)
        return object
    }

    /// The same in UTF-8, as stores keep it in memory.
    package var encodedProfile: [UInt8] { json.encoded() }
}
