import Auth
import HTTP
import QRCode
import Web

extension Pages {
    /// Setting up an authenticator app: for an account, or for a sign-in that requires a factor.
    static func authenticator(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .post, Path.authenticator,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).beginAuthenticator()
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration).failedFactorForm(error)
                }),
            WebPage(
                .post, Path.confirmAuthenticator,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).confirmAuthenticator()
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration).failedConfirmation(error)
                }),
            accountForm(
                .removeApp, "\(Path.authenticator)/delete", configuration,
                .proven(.activeAccount(.person))
            ) { context, caller throws(RequestError) in
                try context.domain { service throws(AuthError) in
                    try isDone { () throws(AuthError) in
                        try service.factors.removeTOTP(
                            by: caller, from: context.request.clientContext)
                    }
                }
                return context.seeOther(AccountChangeMade.appRemoved.address)
            },
        ]
    }
}

extension PageContext {
    /// Who adds a factor; the holder of a session after the proof that the form carries.
    func factorOwner() throws(RequestError) -> FactorOwner {
        let owner = try request.factorOwner(try form())
        guard case .caller(let caller) = owner else { return owner }
        return .caller(try proven(caller))
    }

    fileprivate func beginAuthenticator() throws(RequestError) -> EndpointResult {
        let owner = try factorOwner()
        let enrolment = try domain { service throws(AuthError) in
            try service.factors.beginTOTP(
                by: owner, password: .absent, from: request.clientContext)
        }
        return EndpointResult(
            authenticatorPage(enrolment, of: owner.account), account: owner.account?.id)
    }

    fileprivate func confirmAuthenticator() throws(RequestError) -> EndpointResult {
        let body = try form()
        let owner = try factorOwner()
        let enrolled = try domain { service throws(AuthError) in
            try service.factors.confirmTOTP(
                code: body.text("code"), by: owner, from: request.clientContext)
        }
        return enrolledResult(
            enrolled.recoveryCodes, enrolled.signedIn, of: owner.account,
            change: AccountChangeMade.app)
    }

    /// The response after a factor was added: recovery codes where it is the first, else the account.
    ///
    /// - Parameters:
    ///   - codes: The codes; nil where there are some already.
    ///   - signedIn: The session of a sign-in that required the factor.
    ///   - account: Of the caller; nil for a sign-in.
    ///   - change: What the account page says.
    /// - Returns: The response.
    func enrolledResult(
        _ codes: [String]?, _ signedIn: SignedIn?, of account: Account?, change: AccountChangeMade
    ) -> EndpointResult {
        let next = returnAddress?.location
        var response: Response
        if let codes, let account = signedIn?.account ?? account {
            response = recoveryCodesPage(
                codes, of: account.email,
                next: next
                    ?? (signedIn == nil ? AccountSection.security.address : Pages.Path.account))
        } else {
            response = seeOther(next ?? change.address)
        }
        if let signedIn { request.signIn(signedIn, on: &response) }
        return EndpointResult(response, account: signedIn?.account.id ?? account?.id)
    }

    /// The page with the secret: this response is the only one that has it.
    private func authenticatorPage(_ enrolment: TOTPEnrolment, of account: Account?) -> Response {
        cardPage(
            texts.setUpApp, lead: texts.scanCode,
            formsLeadTo: returnAddress?.origin.map { [$0] } ?? []
        ) {
            qrCode(enrolment.url)
            fold(texts.cannotScan) {
                p { a(enrolment.url) { texts.openInApp } }
                div("field") {
                    span("label") { texts.appSecret }
                    secret(
                        enrolment.groupedSecret, id: "secret", copy: texts.copySecret,
                        texts: texts)
                }
            }
            confirmationForm(nil)
            wayBack
        }
    }

    /// Back to where the app was chosen; nothing was added.
    private var wayBack: HTML {
        links(
            texts.otherWays,
            [
                Link(
                    texts.cancel,
                    posted("challenge").isEmpty
                        ? AccountSection.security.address
                        : address(Pages.Path.enrolment, returningTo: returnAddress))
            ])
    }

    private func confirmationForm(_ failure: FieldError?) -> HTML {
        postForm(
            Pages.Path.confirmAuthenticator,
            hidden: [
                "challenge": posted("challenge").isEmpty ? nil : posted("challenge"),
                "return_to": returnAddress?.location,
            ]
        ) {
            field(
                texts.codeOfApp, name: "code", autocomplete: .oneTimeCode, type: .oneTimeCode,
                isFocused: failure == nil, error: failure)
            button(texts.confirmApp, .primary, isBlock: true)
        }
    }

    /// The field once more, without the secret: the app has it.
    fileprivate func failedConfirmation(_ error: RequestError) throws(RequestError) -> Response? {
        let failure: FieldError
        let summary: HTML
        switch error.code {
        case .invalidCode:
            failure = .inSummary
            summary = Pages.warning(texts.title(of: .invalidCode), texts.advice(for: .invalidCode))
        case .invalidRequest:
            let form = FormFailure(error, labels: ["code": texts.codeOfApp], texts: texts)
            guard let form, let objection = form["code"] else { return nil }
            failure = objection
            summary = form.summary(texts)
        case .invalidChallenge where posted("challenge").isEmpty:
            return failed(error, cardPage(texts.setUpApp) { endedSetup })
        default: return try failedFactorForm(error)
        }
        return failed(
            error,
            cardPage(texts.setUpApp) {
                summary
                confirmationForm(failure)
                wayBack
            })
    }

    /// Beginning again, where there is nothing to confirm any more.
    private var endedSetup: HTML {
        html {
            Pages.warning(texts.appSetupEnded, texts.appSetupAgain)
            postForm(
                Pages.Path.authenticator, hidden: ["return_to": returnAddress?.location],
                button(texts.setUpApp, .primary, isBlock: true))
            wayBack
        }
    }

    /// What a form that adds a factor shows when it fails: the proof that it lacks, or the sign-in page
    /// where the sign-in is over; nil for the general page.
    func failedFactorForm(_ error: RequestError) throws(RequestError) -> Response? {
        guard posted("challenge").isEmpty else { return endedSignIn(error) }
        guard FormFailure.mayShow(error), let caller = try? request.callerOfFailure() else {
            return nil
        }
        let context = PageContext(request, configuration, caller)
        if let page = try context.proofPage(
            after: error, of: caller, from: AccountSection.security.address)
        {
            return page
        }
        return try context.showAccount(of: caller, after: .factor, error)
    }

    /// A picture that a camera reads; black on white, whatever the colours of the page.
    private func qrCode(_ text: String) -> HTML? {
        QRSymbol(text).map { symbol in
            div("qr") {
                element(
                    "svg", Attribute("viewBox", "0 0 \(symbol.side) \(symbol.side)"),
                    Attribute("role", "img"), .aria(.label, texts.qrCode),
                    Attribute("shape-rendering", "crispEdges")
                ) {
                    element("path", Attribute("d", symbol.path)) {}
                }
            }
        }
    }
}
