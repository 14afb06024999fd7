import Auth
import HTTP
import Web

extension Pages {
    /// New recovery codes, and the warning when few are left.
    static func recoveryCodes(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            accountForm(.recoveryCodes, Path.recoveryCodes, configuration) {
                context, caller throws(RequestError) in
                let codes = try context.domain { service throws(AuthError) in
                    try service.factors.replaceRecoveryCodes(
                        by: caller, from: context.request.clientContext)
                }
                return context.recoveryCodesPage(
                    codes, of: caller.account.email,
                    next: context.returnAddress?.location ?? AccountSection.security.address)
            },
            WebPage(
                .get, Path.recovered, .init(on: .store, access: .activeAccount(.person)),
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).showRecovered(caller)
                }),
        ]
    }
}

extension PageContext {
    /// Recovery codes that were just made: this response is the only one that has them.
    ///
    /// - Parameters:
    ///   - codes: The codes.
    ///   - email: Of the account.
    ///   - next: Where the person goes on.
    /// - Returns: The page.
    func recoveryCodesPage(_ codes: [String], of email: Email, next: String) -> Response {
        cardPage(
            texts.yourRecoveryCodes, lead: texts.recoveryCodesLead, isWide: true,
            formsLeadTo: returnAddress?.origin.map { [$0] } ?? []
        ) {
            notice(.warning, text: texts.storeRecoveryCodes)
            codeList(codes, texts: texts)
            p("small muted") {
                texts.recoveryCodesMade(
                    date(service.now, texts: texts), for: email.address,
                    at: service.websiteURL.host)
            }
            element("form", .class("stack"), Attribute("method", "get"), Attribute("action", next))
            {
                div("choice") {
                    void("input", .type("checkbox"), .id("stored"), Attribute("required"))
                    element("label", Attribute("for", "stored")) { texts.codesAreSaved }
                }
                button(texts.finish, .primary, isBlock: true)
            }
        }
    }

    /// After a sign-in with one of the last recovery codes.
    fileprivate func showRecovered(_ caller: Caller) throws(RequestError) -> Response {
        let overview = try domain { service throws(AuthError) in
            try service.factors.overview(of: caller)
        }
        let target = returnAddress
        return cardPage(texts.recoveryCodes) {
            notice(
                .warning, texts.fewRecoveryCodes(overview.recoveryCodes),
                text: texts.fewRecoveryCodesConsequence)
            postForm(
                Pages.Path.recoveryCodes, hidden: ["return_to": target?.location],
                button(texts.replaceCodes, .primary, isBlock: true))
            linkButton(
                texts.continueSignIn, target?.location ?? Pages.Path.account, isBlock: true)
        }
    }
}
