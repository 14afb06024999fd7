import Auth
import Crypto
import HTTP
import Logging

extension Endpoints {
    /// `POST /auth/email/verify/reject`: whoever reads an address says that the account is not theirs.
    static func rejectEmail(_ exchange: Exchange) throws(Problem) -> Answer {
        let body = try RequestBody(exchange.request)
        let rejection = try exchange.domain { service throws(AuthError) in
            try service.rejectEmail(token: body.text("token"))
        }
        exchange.configuration.logger.warning(
            "who reads the address of an account says that it is not theirs",
            metadata: [
                "id": "\(exchange.id)", "account": "\(rejection.accountID)",
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
        return Answer(exchange.done(page: page))
    }
}
