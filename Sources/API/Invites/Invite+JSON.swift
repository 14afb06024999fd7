package import Auth
import Crypto
package import JSON

extension Invite {
    /// An invitation without its code, as `GET /auth/invites` lists it.
    package var json: JSONObject { members(of: JSONObject()) }

    /// An object with the members of the invitation added.
    func members(of object: JSONObject) -> JSONObject {
        var object = object
        object.add("id", .string(id.description))
        object.add("email", email.map { .string($0.address) } ?? .null)
        object.add("role", .string(role.rawValue))
        object.add("tier", .string(tier.rawValue))
        object.add("maxUses", .integer(Int64(maximumUses)))
        object.add("uses", .integer(Int64(uses)))
        object.add("paused", .bool(isPaused))
        object.add("createdAt", .string(createdAt.rfc3339))
        object.add("expiresAt", .string(expiresAt.rfc3339))
        object.add("createdBy", createdBy.map { .string($0.description) } ?? .null)
        return object
    }
}
