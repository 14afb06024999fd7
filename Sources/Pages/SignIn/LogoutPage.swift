import Auth
import HTTP
import Web

extension Pages {
    /// Signing out: at once where a program, the same site or the address bar asks for it, and after a
    /// question where a link on another site does.
    static func logout(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.logout,
                handler: { request throws(RequestError) in
                    try request.refuseUnwantedGET()
                    if CrossOrigin.asksFirst(request.request),
                        let caller = try request.signedInCaller()
                    {
                        return EndpointResult(
                            PageContext(request, configuration, caller)
                                .logoutQuestion(caller.account), account: caller.account.id)
                    }
                    return try PageContext(request, configuration).logout()
                }),
            WebPage(
                .post, Path.logout,
                handler: { request throws(RequestError) in
                    try PageContext(request, configuration).logout()
                }),
        ]
    }
}

extension PageContext {
    /// Ends the sessions of the browser, and leads to sign-in or to where the operator wants.
    fileprivate func logout() throws(RequestError) -> EndpointResult {
        try domain { service throws(AuthError) in
            try service.signIn.logout(request.presentedCredentials)
        }
        var response: Response
        if request.request.method.isSafe {
            // As programs and browsers know it of old.
            response = request.success(.found)
            response.fields.add("Location", addressAfterLogout)
        } else {
            response = seeOther(addressAfterLogout)
        }
        request.clearCookie(on: &response)
        if let value = configuration.clearSiteData {
            response.fields.add("Clear-Site-Data", value)
        }
        return EndpointResult(response)
    }

    /// A form that names a `return_to` switches the account.
    private var addressAfterLogout: String {
        guard !request.request.method.isSafe else { return configuration.logoutRedirect }
        if let target = returnAddress { return signInAddress(returningTo: target) }
        return configuration.logoutRedirect == Pages.Path.login
            ? "\(Pages.Path.login)?done=\(LoginForm.Done.logout.rawValue)"
            : configuration.logoutRedirect
    }

    fileprivate func logoutQuestion(_ account: Account) -> Response {
        cardPage(texts.logoutQuestion, lead: texts.logoutQuestionLead) {
            facts { fact(texts.signedInAs, identity(of: account)) }
            div("stack") {
                postForm(
                    Pages.Path.logout, button(texts.signOut, .primary, isBlock: true))
                linkButton(texts.staySignedIn, Pages.Path.account, isBlock: true)
            }
        }
    }
}
