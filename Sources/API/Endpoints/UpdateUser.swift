import Auth
import HTTP
import Web

extension Endpoints {
    /// `PATCH /auth/users/{id}`: changes an account; for administrators.
    static func updateUser(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .administration)
        let id = try context.idInPath()
        let body = try RequestBody(context.request)
        var change = AccountChange()
        change.status = body.text("status")
        change.tier = body.text("tier")
        change.role = body.text("role")
        change.name = body.text("name")
        change.emailVerified = body.optionalFlag("emailVerified", &change.objections)
        change.objections += body.objections(
            toOthersThan: ["status", "tier", "role", "name", "emailVerified"])
        let wanted = change
        let account = try context.domain { service throws(AuthError) in
            try service.administration.changeAccount(id, wanted, by: .caller(caller))
        }
        return EndpointResult(context.json(.ok, account.profile), account: caller.account.id)
    }
}
