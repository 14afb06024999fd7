import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET /auth/me/export`: everything that is kept about the caller's account, as a file.
    static func exportMe(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.caller(for: .person)
        let export = try context.domain { service throws(AuthError) in
            try service.accounts.export(of: caller)
        }
        var response = context.json(.ok, export.form)
        response.fields.add(
            "Content-Disposition", #"attachment; filename="lunauth-export.json""#)
        return EndpointResult(response, account: caller.account.id)
    }
}
