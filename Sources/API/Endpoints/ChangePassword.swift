import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/password/change`: a new password for somebody who knows the present one.
    static func changePassword(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let body = try RequestBody(exchange.request)
        var objections: [InvalidInput] = []
        let revokesAPIKeys = body.optionalFlag("revokeApiKeys", &objections) ?? false
        let others = objections
        let device = try exchange.domain { service throws(AuthError) in
            try service.changePassword(
                from: body.text("currentPassword"), to: body.text("newPassword"),
                revokingAPIKeys: revokesAPIKeys, others: others, by: caller,
                at: exchange.clientContext)
        }
        var response = exchange.done()
        exchange.set(device: device, on: &response)
        return Answer(response, account: caller.account.id)
    }
}
