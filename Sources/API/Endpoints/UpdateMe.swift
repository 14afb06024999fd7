import Auth
import HTTP
import Web

extension Endpoints {
    /// `PATCH /auth/me`: changes the caller's name.
    static func updateMe(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .write)
        let body = try RequestBody(context.request)
        let account = try context.domain { service throws(AuthError) in
            try service.accounts.rename(
                to: body.text("name"), others: body.objections(toOthersThan: ["name"]), by: caller)
        }
        return EndpointResult(context.json(.ok, account.encodedProfile), account: account.id)
    }
}
