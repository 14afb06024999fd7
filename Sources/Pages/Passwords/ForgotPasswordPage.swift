import Auth
import HTTP
import Web

extension Pages {
    /// Requesting a link that sets a new password.
    static func forgotPassword(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.forgotPassword, .init(on: .loop),
                handler: { request throws(RequestError) in
                    EndpointResult(
                        try PageContext(request, configuration).showForgotPassword())
                }),
            WebPage(
                .post, Path.forgotPassword,
                handler: { request throws(RequestError) in
                    EndpointResult(
                        try PageContext(request, configuration).postForgotPassword())
                },
                failed: { request, error throws(RequestError) in
                    PageContext(request, configuration).failedForgotPassword(error)
                }),
        ]
    }
}

extension PageContext {
    fileprivate func showForgotPassword() throws(RequestError) -> Response {
        if query("done") == "sent" { return resetRequestedPage }
        guard service.sendsMail else { return noMailPage }
        return forgotPasswordPage(nil)
    }

    fileprivate func postForgotPassword() throws(RequestError) -> Response {
        let body = try form()
        try domain { service throws(AuthError) in
            try service.passwords.requestPasswordReset(of: body.text("email"))
        }
        // The address stays out of the address of the page.
        return seeOther("\(Pages.Path.forgotPassword)?done=sent")
    }

    fileprivate func failedForgotPassword(_ error: RequestError) -> Response? {
        if case .domain(.mailNotConfigured) = error { return failed(error, noMailPage) }
        let failure = FormFailure(
            error, labels: ["email": texts.email], title: texts.resetNotSent, texts: texts)
        return failure.map { failed(error, forgotPasswordPage($0)) }
    }

    private func forgotPasswordPage(_ failure: FormFailure?) -> Response {
        let email = failure == nil ? "" : posted("email")
        return cardPage(texts.resetYourPassword, lead: texts.resetIntroduction) {
            failure?.summary(texts)
            postForm(Pages.Path.forgotPassword) {
                field(
                    texts.email, name: "email", autocomplete: .username, type: .email,
                    value: email.isEmpty ? nil : email, isFocused: failure == nil,
                    hint: texts.resetLinkHint, error: failure?["email"])
                button(texts.sendResetLink, .primary, isBlock: true)
            }
            backToSignIn
        }
    }

    private var resetRequestedPage: Response {
        cardPage(texts.resetRequested, lead: texts.resetRequestedLead) {
            notice(.info, text: texts.resetRequestedHint, icon: .mail)
            backToSignIn
        }
    }

    private var noMailPage: Response {
        cardPage(
            texts.title(of: .mailNotConfigured), lead: texts.advice(for: .mailNotConfigured)
        ) { backToSignIn }
    }

    private var backToSignIn: HTML {
        links(texts.otherWays, [Link(texts.backToSignIn, configuration.loginPage)])
    }
}
