import Auth
import HTTP

extension Endpoints {
    /// `PATCH /auth/invites/{id}`: pauses an invitation or lets it go on; for administrators.
    static func updateInvite(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.administrator(for: .person)
        let id = try exchange.idInPath()
        let body = try RequestBody(exchange.request)
        var objections: [InvalidInput] = []
        let paused = body.flag("paused", &objections)
        objections += body.objections(toOthersThan: ["paused"])
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        let invite = try exchange.domain { service throws(AuthError) in
            try service.setInvite(id, paused: paused, by: .caller(caller))
        }
        return Answer(
            exchange.json(.ok, invite.members(of: JSONObject())), account: caller.account.id)
    }
}
