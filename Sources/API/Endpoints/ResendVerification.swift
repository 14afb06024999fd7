import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/email/verify/resend`: mails the caller another link, also while the account waits
    /// for approval.
    static func resendVerification(_ context: RequestContext) throws(RequestError) -> EndpointResult
    {
        try context.domain { service throws(AuthError) in try service.requireMail() }
        let caller = try context.identifiedCaller(for: .person)
        let isSent = try context.domain { service throws(AuthError) in
            try service.email.resendVerification(to: caller)
        }
        return EndpointResult(context.success(isSent ? .accepted : .ok), account: caller.account.id)
    }
}
