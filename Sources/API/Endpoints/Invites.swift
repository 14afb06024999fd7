import Auth
import Crypto
import HTTP
import JSON
import Web

extension Endpoints {
    /// `GET /auth/invites`: invitations without their codes, newest first; for administrators.
    static func invites(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .administration)
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.invites.invites(request)
        }
        return EndpointResult(
            context.json(page) { $0.members(of: JSONObject()) }, account: caller.account.id)
    }
}

extension Invite {
    /// An object with the public form of an invitation added.
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
