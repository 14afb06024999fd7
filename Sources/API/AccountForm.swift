package import Auth
import Crypto
import JSON

extension Account {
    /// The public form of an account, as `GET /auth/me` answers it.
    package var encodedProfile: [UInt8] { profile.encoded() }

    /// The public form of an account.
    var profile: JSONObject {
        var object = JSONObject()
        object.add("id", .string(id.description))
        object.add("email", .string(email.address))
        object.add("name", .string(name))
        object.add("tier", .string(tier.rawValue))
        // Two published clients read this answer; each spells it its own way.
        object.add("created_at", .string(createdAt.rfc3339))
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("role", .string(role.rawValue))
        object.add("status", .string(status.rawValue))
        object.add("emailVerified", .bool(emailVerifiedAt != nil))
        return object
    }
}
