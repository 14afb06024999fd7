import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `POST /auth/invites`: makes an invitation, whose code is shown here and never again; for
    /// administrators.
    static func createInvite(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .administration)
        let body = try RequestBody(context.request)
        var objections: [InvalidInput] = []
        var request = InviteRequest()
        request.email = body.text("email")
        request.role = body.text("role")
        request.tier = body.text("tier")
        request.maximumUses = body.integer("maxUses", in: Invite.useBounds, &objections)
        request.lifetime = body.lifetime("expiresIn", &objections)
        let (wanted, others) = (request, objections)
        let new = try context.domain { service throws(AuthError) in
            try service.invites.createInvite(wanted, others: others, by: .caller(caller))
        }
        var object = JSONObject()
        object.add("code", .string(new.code))
        object.add("link", .string(new.link))
        return EndpointResult(
            context.json(.created, new.invite.members(of: object)), account: caller.account.id)
    }
}
