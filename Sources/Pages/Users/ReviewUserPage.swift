import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// Approving or declining an account that waits, by the link that the owner was mailed.
    static func reviewUser(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, "/auth/users/{id}/decide", .init(on: .store), handler: showReviewUser),
            WebPage(.post, "/auth/users/{id}/approve", handler: postApprove),
            WebPage(.post, "/auth/users/{id}/decline", handler: postDecline),
        ]
    }

    private static func showReviewUser(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let id = try context.idInPath()
        let tokens = try Query.values(of: "token", in: context.request.query)
        guard tokens.count == 1 else { throw .domain(.invalidLink(nil)) }
        let account = try context.domain { service throws(AuthError) in
            try service.administration.applicant(id, token: tokens[0])
        }
        let path = "/auth/users/\(id)"
        let page = HTMLPage(
            title: "Review a new account",
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
        return EndpointResult(context.html(page))
    }

    private static func postApprove(
        _ context: RequestContext, _ approver: Approver
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        let account = try context.domain { service throws(AuthError) in
            try service.administration.approve(id, by: approver)
        }
        return context.html(
            HTMLPage(
                title: "Approved",
                paragraphs: [
                    "\(account.name) (\(account.email)) may use the account from now on.",
                    account.addressState,
                ]))
    }

    private static func postDecline(
        _ context: RequestContext, _ approver: Approver
    ) throws(RequestError) -> Response {
        let id = try context.idInPath()
        try context.domain { service throws(AuthError) in
            try service.administration.decline(id, by: approver)
        }
        return context.html(
            HTMLPage(title: "Declined", paragraphs: ["The account was removed."]))
    }
}

extension Account {
    /// What an administrator who decides about the account should know of its address.
    fileprivate var addressState: String {
        emailVerifiedAt.map { "The address was confirmed on \($0.readable)." }
            ?? "The address has not been confirmed: it may be another person's."
    }
}
