import Auth
import HTTP

extension Endpoints {
    /// `DELETE /auth/me`: removes the caller's account, also one that waits for something.
    static func deleteMe(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.identifiedCaller(for: .person)
        let body = try RequestBody(exchange.request)
        try exchange.domain { service throws(AuthError) in
            try service.deleteAccount(
                password: body.text("password"), of: caller, from: exchange.clientContext)
        }
        var response = exchange.done()
        exchange.clearCookie(on: &response)
        return Answer(response, account: caller.account.id)
    }
}
