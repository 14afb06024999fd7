import Auth
import HTTP
import Web

extension Pages {
    /// The second step of a sign-in: a factor, after the password.
    ///
    /// The cookie that the first step set says which sign-in goes on; without it there is none.
    static func secondStep(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.secondStep, .init(on: .store, access: .optionalCredentials),
                handler: { request throws(RequestError) in
                    EndpointResult(
                        try PageContext(request, configuration).showSecondStep(nil))
                },
                failed: { request, error throws(RequestError) in
                    PageContext(request, configuration).endedSignIn(error)
                }),
            WebPage(
                .post, Path.secondStep,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).postSecondStep()
                },
                failed: { request, error throws(RequestError) in
                    try PageContext(request, configuration).failedSecondStep(error)
                }),
        ]
    }
}

extension PageContext {
    /// The sign-in of the browser's cookie, and where it leads.
    fileprivate func showSecondStep(_ failure: SecondStepFailure?) throws(RequestError) -> Response
    {
        let pending = try domain { service throws(AuthError) in
            try service.signIn.pendingSignIn(by: request.signInClient(isForm: true))
        }
        guard pending.purpose == .secondFactor else {
            return seeOther(address(Pages.Path.enrolment, returningTo: returnAddress))
        }
        return secondStepPage(pending, failure)
    }

    fileprivate func postSecondStep() throws(RequestError) -> EndpointResult {
        let step = SecondStep(try form())
        let signedIn = try domain { service throws(AuthError) in
            try service.signIn.completeSignIn(step, by: request.signInClient(isForm: true))
        }
        let target = returnAddress
        let isLow =
            signedIn.recoveryCodesLeft.map { $0 <= FactorOverview.fewRecoveryCodes } ?? false
        var response = seeOther(
            isLow
                ? address(Pages.Path.recovered, returningTo: target)
                : target?.location ?? Pages.Path.account)
        request.signIn(signedIn, on: &response)
        return EndpointResult(response, account: signedIn.account.id)
    }

    /// The page once more, or the first step where this one is over.
    fileprivate func failedSecondStep(_ error: RequestError) throws(RequestError) -> Response? {
        if let response = endedSignIn(error) { return response }
        guard let failure = SecondStepFailure(error, in: self) else { return nil }
        do throws(RequestError) {
            return failed(error, try showSecondStep(failure))
        } catch {
            // The last failure ended the sign-in.
            guard let response = endedSignIn(error) else { throw error }
            return response
        }
    }

    /// The way back to the password, where no sign-in waits for its second step; nil for other errors.
    func endedSignIn(_ error: RequestError) -> Response? {
        guard error.code == .invalidChallenge else { return nil }
        let page = "\(Pages.Path.login)?done=\(LoginForm.Done.expired.rawValue)"
        var response = seeOther(returnAddress.map { "\(page)&\($0.parameter)" } ?? page)
        request.clearLoginCookie(on: &response)
        return response
    }

    /// A page of the sign-in, with where it leads.
    func address(_ page: String, returningTo target: ReturnAddress?) -> String {
        target.map { "\(page)?\($0.parameter)" } ?? page
    }
}

/// Why the second step failed.
struct SecondStepFailure {
    let notice: HTML
    /// What is said beside the field of the code.
    let code: FieldError?
    /// Whether a recovery code was entered.
    let isRecovery: Bool

    /// A failure; nil where the form would not help.
    init?(_ error: RequestError, in context: PageContext) {
        let texts = context.texts
        isRecovery = context.posted("method") == SignInMethod.recovery.rawValue
        switch error.code {
        case .invalidCode:
            code = .inSummary
            notice = Pages.warning(
                texts.title(of: .invalidCode),
                isRecovery ? texts.checkRecoveryCode : texts.advice(for: .invalidCode))
        case .invalidPasskey:
            code = nil
            notice = Pages.warning(
                texts.title(of: .invalidPasskey), texts.advice(for: .invalidPasskey))
        case .invalidRequest:
            let labels: KeyValuePairs = [
                "code": isRecovery ? texts.recoveryCode : texts.sixDigitCode
            ]
            guard let failure = FormFailure(error, labels: labels, texts: texts) else { return nil }
            code = failure["code"]
            notice = failure.summary(texts)
        case .tooManyRequests:
            let seconds = Int64(error.retryAfter ?? 1)
            code = nil
            notice = Pages.warning(
                texts.title(of: .tooManyRequests), texts.tryAgain(inSeconds: Int(seconds)))
        case .overloaded, .unavailable, .tooManyConnections:
            code = nil
            notice = Pages.warning(texts.title(of: error.code), texts.advice(for: error.code))
        default: return nil
        }
    }
}

extension Pages {
    /// What the last action led to, in a title and a sentence.
    static func warning(_ title: String, _ text: String) -> HTML {
        notice(.error, title, text: text, follows: .action)
    }
}

extension PageContext {
    private func secondStepPage(_ pending: PendingSignIn, _ failure: SecondStepFailure?) -> Response
    {
        let hasApp = pending.methods.contains(.totp)
        let hasPasskey = pending.methods.contains(.passkey)
        return cardPage(
            hasApp
                ? texts.enterCode : hasPasskey ? texts.proveWithPasskey : texts.useRecoveryCode,
            lead: texts.oneMoreStep, formsLeadTo: returnAddress?.origin.map { [$0] } ?? [],
            usesPasskeys: hasPasskey
        ) {
            failure?.notice
            if hasApp {
                appForm(pending, failure)
            } else if hasPasskey {
                passkeyStep(pending, .primary)
            }
            element("section", .class("card-foot stack"), .aria(.label, texts.otherMethods)) {
                if hasApp, hasPasskey { passkeyStep(pending, .secondary) }
                if pending.methods.contains(.recovery) {
                    recoveryForm(pending, failure, isOnly: !hasApp && !hasPasskey)
                }
                signingIn(pending)
            }
        }
    }

    /// Who signs in, and the way out for another person.
    func signingIn(_ pending: PendingSignIn) -> HTML {
        p("small muted") {
            texts.signingIn(as: pending.email.address)
            " "
            a(signInAddress(returningTo: returnAddress)) { texts.notYou }
        }
    }

    private func passkeyStep(_ pending: PendingSignIn, _ style: ButtonStyle) -> HTML {
        passkeyForm(
            Pages.Path.secondStep, .get, at: "\(service.websiteURL)",
            asking: #"{"challenge":"\#(pending.challenge)"}"#,
            hidden: stepFields(pending, .passkey), texts.usePasskey, style, texts: texts)
    }

    private func appForm(_ pending: PendingSignIn, _ failure: SecondStepFailure?) -> HTML {
        let isAbout = failure.map { !$0.isRecovery } ?? true
        return stepForm(pending, .totp) {
            field(
                texts.sixDigitCode, name: "code", autocomplete: .oneTimeCode, type: .oneTimeCode,
                isFocused: failure == nil, hint: texts.sixDigitCodeHint,
                error: isAbout ? failure?.code : nil)
            trustChoice(id: "trust")
            button(texts.continueSignIn, .primary, isBlock: true)
        }
    }

    private func recoveryForm(
        _ pending: PendingSignIn, _ failure: SecondStepFailure?, isOnly: Bool
    ) -> HTML {
        fold(
            texts.useRecoveryCode, id: "recovery", isOpen: isOnly || failure?.isRecovery ?? false
        ) {
            stepForm(pending, .recovery) {
                field(
                    texts.recoveryCode, name: "code", autocomplete: .off, id: "recovery-code",
                    maximumLength: 40, hint: texts.recoveryCodeHint,
                    error: failure?.isRecovery == true ? failure?.code : nil)
                button(texts.continueSignIn, isBlock: true)
            }
        }
    }

    private func stepForm(
        _ pending: PendingSignIn, _ method: SignInMethod, @HTMLBuilder _ content: () -> HTML
    ) -> HTML {
        postForm(
            Pages.Path.secondStep,
            hidden: [
                "challenge": pending.challenge, "method": method.rawValue,
                "return_to": returnAddress?.location,
            ], content)
    }

    private func stepFields(
        _ pending: PendingSignIn, _ method: SignInMethod
    ) -> [(String, String?)] {
        [
            ("challenge", pending.challenge), ("method", method.rawValue),
            ("return_to", returnAddress?.location),
        ]
    }

    private func trustChoice(id: String) -> HTML? {
        let days = service.trustDays
        guard days > 0 else { return nil }
        return choice(
            texts.trustBrowser(days: days), name: "trust", isOn: posted("trust") == "true",
            hint: texts.trustBrowserHint)
    }
}
