import Auth
import HTTP
import Web

extension Pages {
    /// Proving once more who one is, for an application that asks for two factors, or before a change.
    static func reauthenticate(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.reauthenticate,
                .init(on: .store, access: .activeAccount(.person)),
                handler: { request, caller throws(RequestError) in
                    try PageContext(request, configuration, caller).showReauthenticate(caller, nil)
                }),
            WebPage(
                .post, Path.reauthenticate,
                handler: { request, caller throws(RequestError) in
                    let context = PageContext(request, configuration, caller)
                    _ = try context.proven(caller)
                    return context.seeOther(
                        context.returnAddress?.location ?? Path.account)
                },
                failed: { request, error throws(RequestError) in
                    guard FormFailure.mayShow(error) else { return nil }
                    let caller = try request.callerOfFailure()
                    let context = PageContext(request, configuration, caller)
                    return context.failed(
                        error,
                        try context.showReauthenticate(caller, context.proofFailure(error)))
                }),
        ]
    }
}

extension PageContext {
    fileprivate func showReauthenticate(
        _ caller: Caller, _ failure: HTML?
    ) throws(RequestError) -> Response {
        let overview = try domain { service throws(AuthError) in
            try service.factors.overview(of: caller)
        }
        let target = returnAddress
        // An application wants two factors, and the account has one.
        if target?.origin != nil, !overview.hasSecondFactor { return enrolFirstPage }
        let methods = try domain { service throws(AuthError) in
            try service.signIn.proofMethods(of: caller)
        }
        let fields = target.map { [(name: "return_to", value: $0.location)] } ?? []
        return cardPage(
            texts.proofTitle, lead: target?.host.map(texts.continueTo) ?? texts.proofLead,
            formsLeadTo: target?.origin.map { [$0] } ?? [],
            usesPasskeys: methods.contains(.passkey)
        ) {
            failure
            facts { fact(texts.signedInAs, identity(of: caller.account)) }
            proofForms(
                methods, caller.account,
                ProofTarget(path: Pages.Path.reauthenticate, fields: fields),
                isFocused: failure == nil)
            links(texts.otherWays, [Link(texts.goToAccount, Pages.Path.account)])
        }
    }

    private var enrolFirstPage: Response {
        cardPage(
            texts.title(of: .factorEnrolmentRequired),
            lead: texts.advice(for: .factorEnrolmentRequired)
        ) {
            linkButton(
                texts.goToAccount, AccountSection.security.address, .primary, isBlock: true)
        }
    }
}
