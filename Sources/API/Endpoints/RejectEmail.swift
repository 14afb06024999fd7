import Auth
import Crypto
import HTTP
import Logging
import Web

extension Endpoints {
    /// `POST /auth/email/verify/reject`: whoever reads an address says that the account is not theirs.
    static func rejectEmail(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let rejection = try context.domain { service throws(AuthError) in
            try service.email.rejectEmail(token: body.text("token"))
        }
        context.configuration.logger.warning(
            "who reads the address of an account says that it is not theirs",
            metadata: [
                "id": "\(context.id)", "account": "\(rejection.accountID)",
                "role": "\(rejection.role.rawValue)", "outcome": "\(rejection.outcome.rawValue)",
            ])
        let page = HTMLPage(
            title: "Thank you",
            paragraphs: [
                """
                Where nobody has ever vouched for the account, it is gone; otherwise those who run this \
                server are told.
                """
            ])
        return EndpointResult(context.done(page: page))
    }
}
