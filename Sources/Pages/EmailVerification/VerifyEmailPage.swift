import Auth
import HTTP
import Web

extension Pages {
    /// Confirming an address by the link of a mail, or rejecting it.
    static func verifyEmail(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, "/auth/email/verify", .init(on: .store, access: .optionalCredentials),
                handler: showVerifyEmail),
            WebPage(.post, "/auth/email/verify", handler: postVerifyEmail),
            WebPage(.post, "/auth/email/verify/reject", handler: postRejectEmail),
        ]
    }

    /// The client reads the mailbox, and may know nothing of the account: the page names the address
    /// and the age of the account, never its name, which a stranger may have chosen.
    private static func showVerifyEmail(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let token = context.linkToken
        let link = try context.domain { service throws(AuthError) in
            try service.email.emailLink(token: token, presented: context.credential)
        }
        let page = link.isChange ? changePage(link, token) : confirmationPage(link, token)
        return EndpointResult(context.html(page))
    }

    private static func postVerifyEmail(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let account = try context.domain { service throws(AuthError) in
            try service.email.verifyEmail(
                token: body.text("token"), password: body.text("password"),
                from: context.clientContext, presented: context.credential)
        }
        return EndpointResult(
            context.html(HTMLPage(title: "Your email address is confirmed")), account: account)
    }

    private static func postRejectEmail(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let rejection = try context.domain { service throws(AuthError) in
            try service.email.rejectEmail(token: body.text("token"))
        }
        context.log(rejection)
        return EndpointResult(
            context.html(
                HTMLPage(
                    title: "Thank you",
                    paragraphs: [
                        """
                        An account that was never confirmed or approved has been deleted; any other \
                        was reported to the operator of this server.
                        """
                    ])))
    }

    private static func confirmationPage(_ link: EmailLink, _ token: String) -> HTMLPage {
        var page = HTMLPage(
            title: "Confirm your email address",
            paragraphs: [
                "An account with the address \(link.email) was opened \(link.opened)."
            ],
            forms: [.confirmation(link, token)])
        if link.setsPassword {
            page.forms.append(
                .newPassword(
                    [
                        """
                        You do not know the password? A new one makes the account yours: everything \
                        that was signed in before ends.
                        """
                    ], token: token))
        }
        page.forms.append(
            HTMLPage.Form(
                paragraphs: ["You did not open this account?"],
                action: "/auth/email/verify/reject", hidden: [("token", token)],
                buttons: [HTMLPage.Button(label: "This was not me")]))
        return page
    }

    private static func changePage(_ link: EmailLink, _ token: String) -> HTMLPage {
        HTMLPage(
            title: "Confirm your new email address",
            paragraphs: [
                """
                \(link.email) is to become the address of an account that was opened \(link.opened).
                """
            ],
            forms: [
                .confirmation(link, token),
                HTMLPage.Form(
                    paragraphs: ["The account is not yours, or keeps its address?"],
                    action: "/auth/email/change/cancel", hidden: [("token", token)],
                    buttons: [HTMLPage.Button(label: "Cancel the change")]),
            ])
    }
}

extension HTMLPage.Form {
    /// The form that confirms an address; without a session of the account it asks for the password.
    fileprivate static func confirmation(_ link: EmailLink, _ token: String) -> HTMLPage.Form {
        var form = HTMLPage.Form(
            action: "/auth/email/verify", hidden: [("token", token)],
            buttons: [HTMLPage.Button(label: "Confirm")])
        guard !link.isSignedIn else { return form }
        form.paragraphs = ["To confirm that it is yours, give the password of the account."]
        form.inputs = [
            HTMLPage.Input(
                name: "password", label: "Password", type: "password",
                autocomplete: "current-password")
        ]
        return form
    }
}

extension EmailLink {
    /// When the account was opened, for a person.
    fileprivate var opened: String { "\(Self.text(ofAge: age)) (\(openedAt.readable))" }

    /// How long ago something was, in the largest unit that fits.
    private static func text(ofAge seconds: Int64) -> String {
        let units: [(seconds: Int64, name: String)] = [
            (86_400, "day"), (3_600, "hour"), (60, "minute"),
        ]
        guard let unit = units.first(where: { seconds >= $0.seconds }) else {
            return "less than a minute ago"
        }
        let count = seconds / unit.seconds
        return "\(count) \(unit.name)\(count == 1 ? "" : "s") ago"
    }
}
