import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/password/change`: a new password for somebody who knows the present one.
    static func changePassword(_ context: RequestContext) throws(APIError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let body = try RequestBody(context.request)
        var objections: [InvalidInput] = []
        let revokesAPIKeys = body.optionalFlag("revokeApiKeys", &objections) ?? false
        let others = objections
        let device = try context.domain { service throws(AuthError) in
            try service.changePassword(
                from: body.text("currentPassword"), to: body.text("newPassword"),
                revokingAPIKeys: revokesAPIKeys, others: others, by: caller,
                at: context.clientContext)
        }
        var response = context.done()
        context.set(device: device, on: &response)
        return EndpointResult(response, account: caller.account.id)
    }
}
