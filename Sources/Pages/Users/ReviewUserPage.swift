import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// Approving or declining an account that waits: by the link that the owner was mailed, or as an
    /// administrator.
    static func reviewUser(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, "/auth/users/{id}/decide", .init(on: .store),
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).showReviewUser())
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration)
                        .failedLink(error, token: request.linkToken, for: .decide)
                }),
            WebPage(
                .post, "/auth/users/{id}/approve",
                handler: { request, approver throws(RequestError) in
                    let context = PageContext(request, configuration)
                    return try context.postApprove(by: context.proven(approver))
                }, failed: failedDecision(configuration)),
            WebPage(
                .post, "/auth/users/{id}/decline",
                handler: { request, approver throws(RequestError) in
                    let context = PageContext(request, configuration)
                    return try context.postDecline(by: context.proven(approver))
                }, failed: failedDecision(configuration)),
        ]
    }

    private static func failedDecision(_ configuration: PagesConfiguration) -> WebPage.Failed {
        { request, error throws(RequestError) in
            let context = PageContext(request, configuration)
            let token = context.posted("token")
            if token.isEmpty, configuration.isEnabled {
                return try failedUserForm(.decision, error, request, configuration)
            }
            return try context.failedLink(error, token: token, for: .decide)
        }
    }
}

extension PageContext {
    fileprivate func showReviewUser() throws(RequestError) -> Response {
        let id = try request.idInPath()
        if let decision = AccountDecision(rawValue: query("done")) { return donePage(decision) }
        let tokens = try Query.values(of: "token", in: request.request.query)
        guard tokens.count == 1 else { throw .domain(.invalidLink(nil)) }
        let account = try domain { service throws(AuthError) in
            try service.administration.applicant(id, token: tokens[0])
        }
        return reviewUserPage(account, tokens[0])
    }

    /// The approver, after the proof that the form of an administrator carries.
    fileprivate func proven(_ approver: Approver) throws(RequestError) -> Approver {
        guard case .administrator(.caller(let caller)) = approver else { return approver }
        return .administrator(.caller(try proven(caller)))
    }

    fileprivate func postApprove(by approver: Approver) throws(RequestError) -> Response {
        let id = try request.idInPath()
        _ = try domain { service throws(AuthError) in
            try service.administration.approve(id, by: approver)
        }
        return seeDone(.approved, id, approver)
    }

    fileprivate func postDecline(by approver: Approver) throws(RequestError) -> Response {
        let id = try request.idInPath()
        try domain { service throws(AuthError) in
            try service.administration.decline(id, by: approver)
        }
        return seeDone(.declined, id, approver)
    }

    /// An administrator goes back to where the form was; the holder of a link may have no session.
    private func seeDone(
        _ decision: AccountDecision, _ id: UUID, _ approver: Approver
    ) -> Response {
        guard case .administrator = approver, configuration.isEnabled else {
            return seeOther("/auth/users/\(id)/decide?done=\(decision.rawValue)")
        }
        let origin = DecisionOrigin(rawValue: posted(DecisionOrigin.field)) ?? .user
        return seeOther(origin.address(after: decision, of: id))
    }

    private func donePage(_ decision: AccountDecision) -> Response {
        let next =
            configuration.isEnabled
            ? Link(texts.goToAdministration, Pages.Path.admin)
            : Link(texts.goToSignIn, configuration.loginPage)
        return switch decision {
        case .approved:
            donePage(texts.accountIsApproved, texts.accountIsApprovedConsequence, next)
        case .declined:
            donePage(texts.accountIsDeclined, texts.accountIsDeclinedConsequence, next)
        }
    }

    private func reviewUserPage(_ account: Account, _ token: String) -> Response {
        let path = "/auth/users/\(account.id)"
        return cardPage(texts.reviewNewAccount, lead: texts.reviewConsequence) {
            facts {
                fact(texts.nameOfPerson, bdi(account.name))
                fact(
                    texts.email,
                    html {
                        account.email.address
                        " "
                        emailBadge(of: account)
                    })
                fact(
                    texts.accountRequested,
                    time(account.createdAt, now: service.now, texts: texts))
            }
            if account.emailVerifiedAt == nil {
                notice(.warning, text: texts.unconfirmedMayBeAnothers)
            }
            actions {
                postForm(
                    "\(path)/approve", hidden: ["token": token],
                    button(texts.approveAccount, .primary))
                postForm(
                    "\(path)/decline", hidden: ["token": token],
                    button(texts.declineAccount, .danger))
            }
        }
    }
}
