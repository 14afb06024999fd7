import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/users/{id}/decline`: removes the account of somebody who waits; for administrators,
    /// and for whoever has the link that the owner was mailed.
    static func declineUser(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let id = try context.idInPath()
        let (approver, caller) = try context.approver(for: .person)
        try context.domain { service throws(AuthError) in
            try service.administration.decline(id, by: approver)
        }
        let page = HTMLPage(title: "Declined", paragraphs: ["The account was removed."])
        return EndpointResult(context.done(page: page), account: caller)
    }
}
