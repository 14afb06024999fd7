import Auth
import HTTP
import Web

extension Pages {
    /// Signing in with email and password.
    static func login(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.login, .init(on: .loop, access: .optionalCredentials),
                handler: { request throws(RequestError) in
                    try PageContext.showLogin(request, configuration)
                }),
            WebPage(
                .post, Path.login,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).postLogin()
                },
                failed: { request, error throws(RequestError) in
                    PageContext(request, configuration).failedLogin(error)
                }),
        ]
    }
}

extension PageContext {
    /// From memory where there is neither a session nor a query: then the page is the same for everyone.
    fileprivate static func showLogin(
        _ request: RequestContext, _ configuration: PagesConfiguration
    ) throws(RequestError) -> EndpointResult {
        if let caller = try request.signedInCaller() {
            let context = PageContext(request, configuration, caller)
            return EndpointResult(
                context.alreadySignedInPage(caller.account), account: caller.account.id)
        }
        let context = PageContext(request, configuration)
        guard context.service.state.hasOwner else {
            return EndpointResult(context.seeOther(Pages.Path.setup))
        }
        guard request.request.query == nil else {
            return EndpointResult(context.loginPage(context.newLoginForm))
        }
        let basis = RenderedPages.Basis(
            settings: context.service.state.settings, website: context.service.websiteURL)
        let body = configuration.loginPages.body(in: context.language, basis) {
            context.loginPage(context.newLoginForm).body
        }
        return EndpointResult(
            Response(
                status: .ok, fields: context.fields(usesPasskeys: context.offersPasskeys),
                body: body))
    }

    fileprivate func postLogin() throws(RequestError) -> EndpointResult {
        let body = try form()
        let signedIn = try request.domainWithCredentials { service throws(AuthError) in
            try service.signIn.login(
                email: body.text("email"), password: body.text("password"),
                by: request.signInClient(isForm: true))
        }
        let offers = body.text("passkeys") == .text("true") && signedIn.mayOfferPasskey
        var response = seeOther(
            offers
                ? address(Pages.Path.passkeyOffer, returningTo: returnAddress)
                : returnAddress?.location ?? Pages.Path.account)
        request.signIn(signedIn, on: &response)
        return EndpointResult(response, account: signedIn.account.id)
    }

    /// The page after a sign-in that failed; nil for errors of the request as such.
    func failedLogin(_ error: RequestError) -> Response? {
        if let response = nextStep(error) { return response }
        switch error.code {
        case .pendingApproval: return failed(error, waitingPage)
        case .emailUnverified where service.sendsMail: return failed(error, unconfirmedPage)
        default:
            guard let form = loginForm(after: error) else { return nil }
            return failed(error, loginPage(form))
        }
    }

    /// The second step, where the password was right and a factor has to be proven or added.
    private func nextStep(_ error: RequestError) -> Response? {
        let (page, pending): (String, PendingSignIn)
        switch error {
        case .domain(.secondFactorRequired(let next)):
            (page, pending) = (Pages.Path.secondStep, next)
        case .domain(.factorEnrolmentRequired(let next?)):
            (page, pending) = (Pages.Path.enrolment, next)
        default: return nil
        }
        var response = seeOther(address(page, returningTo: returnAddress))
        request.set(pending: pending, on: &response)
        return response
    }

    /// The form as it is shown first.
    private var newLoginForm: LoginForm {
        var form = LoginForm(target: returnAddress)
        form.notice =
            LoginForm.Done(rawValue: query("done")).map { done in
                notice(done == .expired ? .info : .success, text: texts.done(done))
            }
        if form.notice == nil, !service.state.settings.nativeSignin {
            form.notice = notice(.info, text: texts.signInIsOff)
        }
        return form
    }

    /// The form with what was typed, and what went wrong; nil where the form would not help.
    private func loginForm(after error: RequestError) -> LoginForm? {
        var form = LoginForm(target: returnAddress, email: posted("email"), isNew: false)
        switch error.code {
        case .invalidCredentials:
            let reset = service.sendsMail ? Pages.Path.forgotPassword : nil
            form.notice = summary(.error, texts.wrongCredentials(reset: reset))
            form.emailError = .inSummary
            form.passwordError = .inSummary
        case .invalidRequest:
            let labels: KeyValuePairs = ["email": texts.email, "password": texts.password]
            guard let failure = FormFailure(error, labels: labels, texts: texts) else {
                return nil
            }
            form.notice = failure.summary(texts)
            form.emailError = failure["email"]
            form.passwordError = failure["password"]
        case .tooManyRequests:
            let seconds = Int64(error.retryAfter ?? 1)
            form.notice = summary(
                .warning,
                texts.throttled(
                    RoundedWait(seconds: seconds),
                    until: time(
                        service.now.adding(seconds: seconds), now: service.now, texts: texts)
                ))
        case .accountDisabled:
            form.notice = summary(.error, texts.disabled(support: supportAddress))
        case .nativeSigninDisabled:
            form.notice = summary(.error, texts.signInRefused)
        case .emailUnverified:
            form.notice = summary(.warning, texts.confirmationNeedsAdministrator)
        case .overloaded, .unavailable, .tooManyConnections:
            form.notice = summary(.warning, texts.busy)
        default: return nil
        }
        return form
    }

    private func summary(_ tone: Tone, _ text: HTML) -> HTML {
        notice(tone, text: text, follows: .action)
    }
}
