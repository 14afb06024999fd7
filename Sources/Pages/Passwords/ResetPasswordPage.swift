import Auth
import HTTP
import Web

extension Pages {
    /// Setting a password by the link of a mail.
    static func resetPassword(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, "/auth/password/reset", .init(on: .loop), handler: showResetPassword),
            WebPage(.post, "/auth/password/reset", handler: postResetPassword),
        ]
    }

    /// Looks nothing up: opening the page reveals and uses nothing.
    private static func showResetPassword(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        EndpointResult(
            context.html(
                HTMLPage(
                    title: "Choose a new password",
                    forms: [.newPassword(token: context.linkToken)])))
    }

    private static func postResetPassword(
        _ context: RequestContext
    ) throws(RequestError) -> EndpointResult {
        let body = try RequestBody(context.request)
        let device = try context.domain { service throws(AuthError) in
            try service.passwords.resetPassword(
                token: body.text("token"), password: body.text("password"),
                from: context.clientContext)
        }
        var response = context.html(
            HTMLPage(
                title: "Your password is set",
                paragraphs: ["You were signed out everywhere. Sign in with the new password."]))
        context.set(device: device, on: &response)
        return EndpointResult(response)
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
