import Auth
import HTTP
import Web

extension Endpoints {
    /// `DELETE /auth/me`: removes the caller's account, also one that waits for something.
    static func deleteMe(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.identifiedCaller(for: .person)
        let body = try RequestBody(context.request)
        try context.domain { service throws(AuthError) in
            try service.accounts.deleteAccount(
                password: body.text("password"), of: caller, from: context.clientContext)
        }
        var response = context.success()
        context.clearCookie(on: &response)
        return EndpointResult(response, account: caller.account.id)
    }
}
