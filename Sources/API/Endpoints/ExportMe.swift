import Auth
import HTTP

extension Endpoints {
    /// `GET /auth/me/export`: everything that is kept about the caller's account, as a file.
    static func exportMe(_ exchange: Exchange) throws(Problem) -> Answer {
        let caller = try exchange.caller(for: .person)
        let export = try exchange.domain { service throws(AuthError) in
            try service.export(of: caller)
        }
        var response = exchange.json(.ok, export.form)
        response.fields.add(
            "Content-Disposition", #"attachment; filename="lunauth-export.json""#)
        return Answer(response, account: caller.account.id)
    }
}
