import Auth
import HTTP
import Web

extension Pages {
    /// Setting a password by the link of a mail.
    static func resetPassword(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.resetPassword, .init(on: .store),
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).showResetPassword())
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration)
                        .failedLink(error, token: request.linkToken, for: .resetPassword)
                }),
            WebPage(
                .post, Path.resetPassword,
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).postResetPassword())
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration).failedResetPassword(error)
                }),
        ]
    }
}

extension PageContext {
    /// Mail scanners follow links: opening the page uses nothing, and says no more than the mail.
    fileprivate func showResetPassword() throws(RequestError) -> Response {
        if query("done") == "password" {
            return donePage(
                texts.passwordIsSet, texts.passwordIsSetConsequence,
                Link(texts.goToSignIn, configuration.loginPage))
        }
        let token = request.linkToken
        let email = try domain { service throws(AuthError) in
            try service.passwords.resetAddress(token: token)
        }
        return resetPasswordPage(token, email, nil)
    }

    fileprivate func postResetPassword() throws(RequestError) -> Response {
        let body = try form()
        let device = try domain { service throws(AuthError) in
            try service.passwords.resetPassword(
                token: body.text("token"), password: body.text("password"),
                from: request.clientContext)
        }
        var response = seeOther("\(Pages.Path.resetPassword)?done=password")
        request.set(device: device, on: &response)
        return response
    }

    fileprivate func failedResetPassword(_ error: RequestError) throws(RequestError) -> Response? {
        let token = posted("token")
        if let page = try failedLink(error, token: token, for: .resetPassword) { return page }
        let failure = FormFailure(
            error, labels: ["password": texts.newPassword], title: texts.passwordNotSet,
            texts: texts)
        guard let failure else { return nil }
        // Without the address where the server is too busy to look it up.
        let email = try? service.passwords.resetAddress(token: token)
        return failed(error, resetPasswordPage(token, email, failure))
    }

    private func resetPasswordPage(
        _ token: String, _ email: Email?, _ failure: FormFailure?
    ) -> Response {
        cardPage(
            texts.chooseNewPassword, lead: email.map { texts.forAccount($0.address) }
        ) {
            failure?.summary(texts)
            postForm(Pages.Path.resetPassword, hidden: ["token": token]) {
                if let email { hiddenUsername(email.address) }
                passwordField(
                    texts.newPassword, .new(minimumLength: service.minimumPasswordLength),
                    isFocused: failure == nil,
                    hint: texts.newPasswordHint(atLeast: service.minimumPasswordLength),
                    error: failure?["password"], texts: texts)
                p("muted") { texts.resetConsequence }
                button(texts.setNewPassword, .primary, isBlock: true)
            }
        }
    }
}
