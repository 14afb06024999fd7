import Auth
import HTTP

extension Endpoints {
    /// `PATCH /auth/me`: changes the caller's name.
    static func updateMe(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .write)
        let body = try RequestBody(exchange.request)
        let account = try exchange.domain { service throws(AuthError) in
            try service.rename(
                to: body.text("name"), others: body.objections(toOthersThan: ["name"]), by: caller)
        }
        return Answer(exchange.json(.ok, account.encodedProfile), account: account.id)
    }
}
