import Auth
import Crypto
import HTTP
import Web

extension Endpoints {
    /// `GET /auth/users/{id}/decide?token=`: the page that the mail to the owner leads to.
    ///
    /// It decides nothing: mail scanners open it, too. Its buttons post.
    static func decideUser(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let id = try context.idInPath()
        let tokens = try Query.values(of: "token", in: context.request.query)
        guard tokens.count == 1 else { throw .domain(.invalidLink(nil)) }
        let account = try context.domain { service throws(AuthError) in
            try service.administration.applicant(id, token: tokens[0])
        }
        let path = "/auth/users/\(id)"
        let page = HTMLPage(
            title: "Somebody wants to join",
            paragraphs: [
                "\(account.name) (\(account.email)) has registered and waits for approval.",
                account.addressState,
            ],
            forms: [
                HTMLPage.Form(
                    action: "\(path)/approve", hidden: [("token", tokens[0])],
                    buttons: [
                        HTMLPage.Button(label: "Approve"),
                        HTMLPage.Button(label: "Decline", action: "\(path)/decline"),
                    ])
            ])
        return EndpointResult(context.html(.ok, page))
    }
}

extension Account {
    /// What an administrator who decides about it should know of its address.
    var addressState: String {
        emailVerifiedAt.map { "The address was confirmed on \($0.readable)." }
            ?? "The address has not been confirmed: it may be another person's."
    }
}

extension RequestContext {
    /// Who decides about the account in the path: whoever shows the token of the mail to the owner, as
    /// the page above posts it; without one, an administrator.
    ///
    /// - Parameter access: What a key of the administrator has to allow.
    /// - Returns: The decider, and whose account that is where it is known.
    /// - Throws: What is wrong with the body; without a token, as `administrator(for:)`.
    func approver(for access: Access) throws(RequestError) -> (approver: Approver, account: UUID?) {
        switch try RequestBody(request).text("token") {
        case .text(let token): return (.link(token), nil)
        case .notText:
            throw .domain(.invalidInput([InvalidInput("token", "must be a string")]))
        case .absent:
            let caller = try administrator(for: access)
            return (.administrator(.caller(caller)), caller.account.id)
        }
    }
}
