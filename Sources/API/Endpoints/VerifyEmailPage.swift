import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET /auth/email/verify?token=`: where the link of a mail leads; its buttons post.
    ///
    /// Whoever opens it reads the mailbox, and may know nothing of the account: it names the address and
    /// the age of the account, never its name, which a stranger may have chosen.
    static func verifyEmailPage(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let token = context.linkToken
        let link = try context.domain { service throws(AuthError) in
            try service.email.emailLink(token: token, presented: context.credential)
        }
        let page = link.isChange ? changePage(link, token) : confirmationPage(link, token)
        return EndpointResult(context.html(.ok, page))
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
    /// The form that confirms an address; it asks for the password of who is not signed in.
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
