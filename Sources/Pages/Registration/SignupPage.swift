import Auth
import HTTP
import Web

extension Pages {
    /// Opening the account of a customer.
    static func signup(_ configuration: PagesConfiguration) -> [WebPage] {
        let failed: WebPage.Failed = { request, error throws(RequestError) in
            PageContext(request, configuration).failedSignup(error)
        }
        return [
            WebPage(
                .get, Path.signup, .init(on: .loop),
                handler: { request throws(RequestError) in
                    let context = PageContext(request, configuration)
                    try context.domain { service throws(AuthError) in
                        try service.registration.requireSignupOpen()
                    }
                    return EndpointResult(context.signupPage(nil))
                }, failed: failed),
            WebPage(
                .post, Path.signup,
                handler: { request throws(RequestError) in
                    let context = PageContext(request, configuration)
                    return context.result(try request.signUp())
                }, failed: failed),
        ]
    }
}

extension PageContext {
    fileprivate func failedSignup(_ error: RequestError) -> Response? {
        if error.code == .registrationClosed { return failed(error, registrationClosedPage) }
        guard !request.request.method.isSafe else { return nil }
        let failure = FormFailure(
            error,
            labels: [
                "name": texts.nameOfPerson, "email": texts.email, "password": texts.password,
            ], about: [.emailTaken: "email"], title: texts.accountNotCreated, texts: texts)
        return failure.map { failed(error, signupPage($0)) }
    }

    fileprivate func signupPage(_ failure: FormFailure?) -> Response {
        cardPage(texts.createYourAccount) {
            failure?.summary(texts)
            postForm(Pages.Path.signup) {
                field(
                    texts.nameOfPerson, name: "name", autocomplete: .name,
                    value: failure == nil ? nil : posted("name"),
                    presence: .optional(mark: texts.optional), error: failure?["name"])
                field(
                    texts.email, name: "email", autocomplete: .username, type: .email,
                    value: failure == nil ? nil : posted("email"), isFocused: failure == nil,
                    error: failure?["email"])
                newPasswordField(failure)
                button(texts.createAccountButton, .primary, isBlock: true)
            }
            signInInstead
        }
    }
}

/// What both pages that open accounts share.
extension PageContext {
    /// The account page, which says what an account waits for that may not be used yet.
    func result(_ registration: RegistrationService.Registration) -> EndpointResult {
        let signedIn = registration.signedIn
        var response = seeOther(Pages.Path.account)
        request.signIn(signedIn, on: &response)
        return EndpointResult(response, account: signedIn.account.id)
    }

    /// The password of a new account.
    func newPasswordField(_ failure: FormFailure?) -> HTML {
        passwordField(
            texts.password, .new(minimumLength: service.minimumPasswordLength),
            hint: texts.newPasswordHint(atLeast: service.minimumPasswordLength),
            error: failure?["password"], texts: texts)
    }

    var signInInstead: HTML {
        links(texts.otherWays, [Link(texts.signInInstead, configuration.loginPage)])
    }

    /// The page of a server, or of a kind of account, that is closed.
    var registrationClosedPage: Response {
        cardPage(
            texts.title(of: .registrationClosed), lead: texts.advice(for: .registrationClosed)
        ) {
            linkButton(texts.goToSignIn, configuration.loginPage, .primary, isBlock: true)
        }
    }
}
