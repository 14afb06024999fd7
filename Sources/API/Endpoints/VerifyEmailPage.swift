import HTTP

extension Endpoints {
    /// `GET /auth/email/verify?token=`: where the link of a mail leads; its button confirms the
    /// address.
    static func verifyEmailPage(_ exchange: Exchange) throws(Problem) -> Answer {
        let page = HTMLPage(
            title: "Confirm your email address",
            form: HTMLPage.Form(
                action: "/auth/email/verify", hidden: [("token", exchange.linkToken)],
                buttons: [HTMLPage.Button(label: "Confirm")]))
        return Answer(exchange.html(.ok, page))
    }
}
