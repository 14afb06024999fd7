import Auth
import Crypto
import HTTP
import Web

extension Pages {
    /// Signing in with a passkey alone, and the offer to add one after a password.
    static func passkeySignIn(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .post, Path.passkeyLogin,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).postPasskeyLogin()
                },
                failed: { request, error throws(RequestError) in
                    PageContext(request, configuration).failedPasskeyLogin(error)
                }),
            WebPage(
                .get, Path.passkeyOffer, .init(on: .store, access: .activeAccount(.person)),
                handler: { request, caller throws(RequestError) in
                    PageContext(request, configuration, caller).passkeyOfferPage
                }),
        ]
    }
}

extension PageContext {
    fileprivate func postPasskeyLogin() throws(RequestError) -> EndpointResult {
        let assertion = try PasskeyInput(try form(), "credential").assertion()
        let signedIn = try domain { service throws(AuthError) in
            try service.passkeys.signIn(assertion, by: request.signInClient(isForm: true))
        }
        var response = seeOther(returnAddress?.location ?? Pages.Path.account)
        request.signIn(signedIn, on: &response)
        return EndpointResult(response, account: signedIn.account.id)
    }

    /// The sign-in page, which says what went wrong with the passkey.
    fileprivate func failedPasskeyLogin(_ error: RequestError) -> Response? {
        var form = LoginForm(target: returnAddress, isNew: false)
        switch error.code {
        case .invalidPasskey, .invalidChallenge, .invalidRequest:
            form.notice = Pages.warning(
                texts.title(of: .invalidPasskey), passkeyAdvice(error))
            if case .domain(.invalidPasskey(let refusal)) = error, refusal.sentence == nil {
                form.unknownPasskey = postedPasskey
            }
            return failed(error, loginPage(form))
        default: return failedLogin(error)
        }
    }

    /// The id of the passkey that the form has, as the browser names it.
    private var postedPasskey: String? {
        guard let body = try? form(),
            case .response(let assertion) = PasskeyInput(body, "credential")
        else { return nil }
        return Base64URL.encode(assertion.handle)
    }

    private func passkeyAdvice(_ error: RequestError) -> String {
        if case .domain(.invalidPasskey(let refusal)) = error, refusal.wantsNewRegistration {
            texts.registerPasskeyAgain
        } else {
            texts.advice(for: .invalidPasskey)
        }
    }

    /// After a sign-in with the password, once.
    fileprivate var passkeyOfferPage: Response {
        let next = returnAddress?.location ?? Pages.Path.account
        return cardPage(
            texts.offerTitle, lead: texts.offerLead,
            formsLeadTo: returnAddress?.origin.map { [$0] } ?? [], usesPasskeys: true
        ) {
            passkeyForm(
                Pages.Path.passkeys, .create, at: "\(service.websiteURL)",
                hidden: [("return_to", next)], texts.addPasskey, .primary, texts: texts)
            linkButton(texts.notNow, next, isBlock: true)
        }
    }
}
