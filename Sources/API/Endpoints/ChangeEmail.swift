import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/email/change`: mails a link to another address, which becomes the account's when
    /// the link is used; also for somebody whose present address is not confirmed.
    static func changeEmail(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        try context.domain { service throws(AuthError) in try service.requireMail() }
        let caller = try context.identifiedCaller(for: .person)
        let body = try RequestBody(context.request)
        try context.domainWithCredentials { service throws(AuthError) in
            try service.email.changeEmail(
                to: body.text("email"), password: body.text("password"), by: caller,
                from: context.clientContext)
        }
        return EndpointResult(context.success(.accepted), account: caller.account.id)
    }
}
