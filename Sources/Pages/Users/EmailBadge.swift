import Auth

extension PageContext {
    /// Whether the address of an account is confirmed.
    func emailBadge(of account: Account) -> HTML {
        account.emailVerifiedAt == nil
            ? badge(.unconfirmed, texts.unconfirmed) : badge(.active, texts.confirmed)
    }
}
