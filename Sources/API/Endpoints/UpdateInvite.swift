import Auth
import HTTP
import JSON
import Web

extension Endpoints {
    /// `PATCH /auth/invites/{id}`: pauses an invitation or lets it go on; for administrators.
    static func updateInvite(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .person)
        let id = try context.idInPath()
        let body = try RequestBody(context.request)
        var objections: [InvalidInput] = []
        let paused = body.flag("paused", &objections)
        objections += body.objections(toOthersThan: ["paused"])
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        let invite = try context.domain { service throws(AuthError) in
            try service.invites.setInvite(id, paused: paused, by: .caller(caller))
        }
        return EndpointResult(
            context.json(.ok, invite.members(of: JSONObject())), account: caller.account.id)
    }
}
