import HTTP

extension Endpoints {
    /// `GET /auth/password/reset?token=`: where the link of a mail leads; looks nothing up, so that
    /// opening it tells and uses nothing.
    static func resetPasswordPage(_ exchange: Exchange) throws(Problem) -> Answer {
        let page = HTMLPage(
            title: "Choose a new password",
            form: HTMLPage.Form(
                action: "/auth/password/reset",
                hidden: [("token", exchange.linkToken)],
                inputs: [
                    HTMLPage.Input(
                        name: "password", label: "New password", type: "password",
                        autocomplete: "new-password")
                ],
                buttons: [HTMLPage.Button(label: "Set the password")]))
        return Answer(exchange.html(.ok, page))
    }
}
