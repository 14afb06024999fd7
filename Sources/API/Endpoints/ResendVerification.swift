import Auth
import HTTP

extension Endpoints {
    /// `POST /auth/email/verify/resend`: mails the caller another link, also while the account waits
    /// for approval.
    static func resendVerification(_ exchange: Exchange) throws(Problem) -> Answer {
        try exchange.domain { service throws(AuthError) in try service.requireMail() }
        let caller = try exchange.identifiedCaller(for: .person)
        let isSent = try exchange.domain { service throws(AuthError) in
            try service.resendVerification(to: caller)
        }
        return Answer(exchange.done(isSent ? .accepted : .ok), account: caller.account.id)
    }
}
