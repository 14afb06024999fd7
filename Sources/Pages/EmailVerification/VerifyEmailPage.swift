import Auth
import Bytes
import HTTP
import Web

extension Pages {
    /// Confirming an address by the link of a mail, rejecting it, or cancelling a change of address.
    static func verifyEmail(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.verifyEmail, .init(on: .store, access: .optionalCredentials),
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).showVerifyEmail())
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration)
                        .failedLink(error, token: request.linkToken, for: .verifyEmail)
                }),
            WebPage(
                .post, Path.verifyEmail,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).postVerifyEmail()
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration).failedVerifyEmail(error)
                }),
            WebPage(
                .post, Path.rejectEmail,
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).postRejectEmail())
                }, failed: failedEmailLink(configuration)),
            WebPage(
                .post, Path.cancelEmailChange,
                handler: { request throws(RequestError) in
                    EndpointResult(
                        try PageContext(request, configuration).postCancelEmailChange())
                }, failed: failedEmailLink(configuration)),
        ]
    }

    private static func failedEmailLink(_ configuration: PagesConfiguration) -> WebPage.Failed {
        { request, error throws(RequestError) in
            let context = PageContext(request, configuration)
            return try context.failedLink(
                error, token: context.posted("token"), for: .verifyEmail)
        }
    }
}

/// What was done with the link of a mail that confirms an email: `?done=confirmed`.
private enum EmailLinkUse: String {
    case confirmed, rejected, cancelled
}

extension PageContext {
    fileprivate func showVerifyEmail() throws(RequestError) -> Response {
        if let use = EmailLinkUse(rawValue: query("done")) { return donePage(use) }
        let token = request.linkToken
        return verifyEmailPage(try emailLink(token), token, nil)
    }

    fileprivate func postVerifyEmail() throws(RequestError) -> EndpointResult {
        let body = try form()
        let account = try domain { service throws(AuthError) in
            try service.email.verifyEmail(
                token: body.text("token"), password: body.text("password"),
                from: request.clientContext, presented: request.credential)
        }
        return EndpointResult(seeDone(.confirmed), account: account)
    }

    fileprivate func postRejectEmail() throws(RequestError) -> Response {
        let body = try form()
        let rejection = try domain { service throws(AuthError) in
            try service.email.rejectEmail(token: body.text("token"))
        }
        request.log(rejection)
        return seeDone(.rejected)
    }

    fileprivate func postCancelEmailChange() throws(RequestError) -> Response {
        let body = try form()
        try domain { service throws(AuthError) in
            try service.email.cancelEmailChange(token: body.text("token"))
        }
        return seeDone(.cancelled)
    }

    fileprivate func failedVerifyEmail(_ error: RequestError) throws(RequestError) -> Response? {
        let token = posted("token")
        if let page = try failedLink(error, token: token, for: .verifyEmail) { return page }
        // The address is given: what is wrong is the password.
        let said = error.code == .invalidCredentials ? .domain(.wrongPassword) : error
        let failure = FormFailure(
            said, labels: ["password": texts.password],
            about: [.wrongPassword: "password", .confirmationRequired: "password"],
            title: texts.emailNotConfirmed, texts: texts)
        guard let failure else { return nil }
        return failed(error, verifyEmailPage(try emailLink(token), token, failure))
    }

    private func emailLink(_ token: String) throws(RequestError) -> EmailLink {
        try domain { service throws(AuthError) in
            try service.email.emailLink(token: token, presented: request.credential)
        }
    }

    private func seeDone(_ use: EmailLinkUse) -> Response {
        seeOther("\(Pages.Path.verifyEmail)?done=\(use.rawValue)")
    }

    private func donePage(_ use: EmailLinkUse) -> Response {
        switch use {
        case .confirmed:
            donePage(
                texts.emailIsConfirmed, texts.emailIsConfirmedConsequence, nextToAccount)
        case .rejected:
            donePage(
                texts.accountIsRejected, texts.accountIsRejectedConsequence,
                Link(texts.goToSignIn, configuration.loginPage))
        case .cancelled:
            donePage(
                texts.changeIsCancelled, texts.changeIsCancelledConsequence, nextToAccount)
        }
    }

    /// The client reads the mailbox, and may know nothing of the account: the page names the address
    /// and the age of the account, never its name, which a stranger may have chosen.
    private func verifyEmailPage(
        _ link: EmailLink, _ token: String, _ failure: FormFailure?
    ) -> Response {
        cardPage(title(of: link), lead: lead(of: link)) {
            failure?.summary(texts)
            facts {
                fact(texts.email, b { link.email.address })
                fact(
                    texts.created,
                    time(link.openedAt, now: service.now, texts: texts))
            }
            confirmationForm(link, token, failure)
            link.isChange ? cancellation(token) : rejection(token)
        }
    }

    private func title(of link: EmailLink) -> String {
        if link.isChange { return texts.confirmYourNewEmail }
        return link.isSignedIn ? texts.confirmYourEmail : texts.isThisYourAccount
    }

    private func lead(of link: EmailLink) -> String? {
        if link.isChange { return texts.becomesYourEmail }
        return link.isSignedIn ? nil : texts.enterPasswordToConfirm
    }

    /// Without a session of the account it takes the password.
    private func confirmationForm(
        _ link: EmailLink, _ token: String, _ failure: FormFailure?
    ) -> HTML {
        postForm(Pages.Path.verifyEmail, hidden: ["token": token]) {
            if !link.isSignedIn {
                hiddenUsername(link.email.address)
                passwordField(
                    texts.password, .current, isFocused: failure == nil,
                    hint: texts.passwordProvesAccount, error: failure?["password"], texts: texts)
            }
            button(texts.confirmEmail, .primary, isBlock: true)
            if link.setsPassword, !link.isSignedIn {
                linkButton(
                    texts.setPasswordInstead,
                    "\(Pages.Path.resetPassword)?token=\(PercentEncoding.encoded(token.utf8))",
                    isBlock: true)
            }
        }
    }

    private func rejection(_ token: String) -> HTML {
        section("not-me", texts.notYourAccount, texts.rejectionConsequence) {
            postForm(
                Pages.Path.rejectEmail, hidden: ["token": token], button(texts.notMe, .danger))
        }
    }

    private func cancellation(_ token: String) -> HTML {
        section("not-me", texts.notYourChange, texts.cancellationConsequence) {
            postForm(
                Pages.Path.cancelEmailChange, hidden: ["token": token],
                button(texts.cancelChange, .danger))
        }
    }

    private func section(
        _ id: String, _ title: String, _ consequence: String, form: () -> HTML
    ) -> HTML {
        element("section", .class("card-foot stack"), .aria(.labelledBy, id)) {
            element("div") {
                heading(.second, title, id: id)
                p("muted") { consequence }
            }
            form()
        }
    }
}
