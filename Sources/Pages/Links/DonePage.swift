import HTTP

extension PageContext {
    /// The page after a link was used: what was done, what it means, and where to go on.
    ///
    /// The form redirects here, so that a reload sends nothing again; the address has a word for what was
    /// done, and nothing of the account.
    func donePage(_ title: String, _ consequence: String, _ next: Link) -> Response {
        cardPage(title) {
            notice(.success, text: consequence)
            linkButton(next.text, next.address, .primary, isBlock: true)
        }
    }

    /// Where a person goes on who has an account: to it, or to sign in where this server has no page of
    /// it.
    var nextToAccount: Link {
        configuration.isEnabled
            ? Link(texts.goToAccount, Pages.Path.account)
            : Link(texts.goToSignIn, configuration.loginPage)
    }
}
