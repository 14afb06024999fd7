import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/password/change`: a new password for somebody who knows the present one.
    static func changePassword(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let body = try RequestBody(context.request)
        var objections: [InvalidInput] = []
        let revokesAPIKeys = body.optionalFlag("revokeApiKeys", &objections) ?? false
        let others = objections
        let device = try context.domain { service throws(AuthError) in
            try service.passwords.changePassword(
                from: body.text("currentPassword"), to: body.text("newPassword"),
                revokingAPIKeys: revokesAPIKeys, others: others, by: caller,
                at: context.clientContext)
        }
        var response = context.success()
        context.set(device: device, on: &response)
        return EndpointResult(response, account: caller.account.id)
    }
}
