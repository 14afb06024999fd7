import HTTP
import Web

extension Endpoints {
    /// `GET /auth/password/reset?token=`: where the link of a mail leads; looks nothing up, so that
    /// opening it tells and uses nothing.
    static func resetPasswordPage(_ context: RequestContext) throws(RequestError) -> EndpointResult
    {
        let page = HTMLPage(
            title: "Choose a new password",
            forms: [.newPassword(token: context.linkToken)])
        return EndpointResult(context.html(.ok, page))
    }
}

extension HTMLPage.Form {
    /// The form that sets a new password by the token of a link.
    static func newPassword(_ paragraphs: [String] = [], token: String) -> HTMLPage.Form {
        HTMLPage.Form(
            paragraphs: paragraphs, action: "/auth/password/reset", hidden: [("token", token)],
            inputs: [
                HTMLPage.Input(
                    name: "password", label: "New password", type: "password",
                    autocomplete: "new-password")
            ],
            buttons: [HTMLPage.Button(label: "Set the password")])
    }
}
