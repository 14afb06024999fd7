import Auth
import HTTP
import Web

extension Endpoints {
    /// `POST /auth/users/{id}/approve`: lets somebody in who waits; for administrators, and for whoever
    /// has the link that the owner was mailed.
    static func approveUser(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let id = try context.idInPath()
        let (approver, caller) = try context.approver(for: .administration)
        let account = try context.domain { service throws(AuthError) in
            try service.administration.approve(id, by: approver)
        }
        guard context.request.isPostedByPage else {
            return EndpointResult(context.json(.ok, account.profile), account: caller)
        }
        let page = HTMLPage(
            title: "Approved",
            paragraphs: [
                "\(account.name) (\(account.email)) may use the account from now on.",
                account.addressState,
            ])
        return EndpointResult(context.html(.ok, page), account: caller)
    }
}
