import Auth
import HTTP
import Web

extension Pages {
    /// A first second factor, which the server requires: the sign-in goes on once it was added.
    static func enrolment(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.enrolment, .init(on: .store, access: .optionalCredentials),
                handler: { request throws(RequestError) in
                    EndpointResult(try PageContext(request, configuration).showEnrolment())
                },
                failed: { request, error throws(RequestError) in
                    PageContext(request, configuration).endedSignIn(error)
                })
        ]
    }
}

extension PageContext {
    /// The sign-in that waits for its browser to add a factor.
    ///
    /// - Throws: `invalidChallenge` where none waits.
    func pendingEnrolment() throws(RequestError) -> PendingSignIn {
        let pending = try domain { service throws(AuthError) in
            try service.signIn.pendingSignIn(by: request.signInClient(isForm: true))
        }
        guard pending.purpose == .enrolment else {
            throw .domain(.invalidChallenge(.challengeUnknown))
        }
        return pending
    }

    fileprivate func showEnrolment() throws(RequestError) -> Response {
        let pending = try pendingEnrolment()
        return cardPage(
            texts.enrolTitle, lead: texts.enrolLead,
            formsLeadTo: returnAddress?.origin.map { [$0] } ?? [], usesPasskeys: true
        ) {
            p { texts.enrolChoice }
            if pending.methods.contains(.passkey) {
                passkeyForm(
                    Pages.Path.passkeys, .create, at: "\(service.websiteURL)",
                    asking: #"{"challenge":"\#(pending.challenge)"}"#,
                    hidden: [
                        ("challenge", pending.challenge), ("return_to", returnAddress?.location),
                    ], texts.addPasskey, .primary, texts: texts)
            }
            postForm(
                Pages.Path.authenticator,
                hidden: [
                    "challenge": pending.challenge, "return_to": returnAddress?.location,
                ],
                button(
                    texts.setUpApp, pending.methods.contains(.passkey) ? .secondary : .primary,
                    isBlock: true))
            div("card-foot") { signingIn(pending) }
        }
    }
}
