import Crypto

extension Transaction {
    /// Ends the trust of an account in all browsers.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func endTrust(of accountID: UUID) throws(AuthError) -> Int {
        try deleteTrustedBrowsers(of: accountID, keepingNewest: 0, by: nil)
    }

    /// Adds a trusted browser; the oldest of the account end when there are too many.
    ///
    /// - Parameters:
    ///   - browser: The browser.
    ///   - former: What the account had for the same one; nil for nothing.
    /// - Throws: `unavailable`.
    func trust(_ browser: TrustedBrowser, replacing former: UUID? = nil) throws(AuthError) {
        let accountID = browser.accountID
        let holder = EventActor.account(accountID)
        if let former { _ = try deleteTrustedBrowser(former, of: accountID) }
        try insert(browser)
        try record(
            .trustGiven, of: accountID, object: browser.id, by: holder,
            [
                EventChange(.expires, to: browser.expiresAt.rfc3339),
                former.map { EventChange(.browser, from: "\($0)", to: "\(browser.id)") },
            ].compactMap(\.self))
        try deleteTrustedBrowsers(
            of: accountID, keepingNewest: TrustedBrowser.maximumPerAccount, by: holder)
    }

    /// Ends the trust of all accounts: one event, about none of them.
    func endAllTrust() throws(AuthError) {
        let count = try deleteAllTrustedBrowsers()
        guard count > 0 else { return }
        try record(.trustEnded, of: nil, [EventChange(.count, to: "\(count)")])
    }

    @discardableResult
    private func deleteTrustedBrowsers(
        of accountID: UUID, keepingNewest kept: Int, by actor: EventActor?
    ) throws(AuthError) -> Int {
        let count = try deleteTrustedBrowsers(of: accountID, keeping: kept)
        guard count > 0 else { return 0 }
        try record(
            .trustEnded, of: accountID, by: actor, [EventChange(.count, to: "\(count)")])
        return count
    }

    /// Determines whether an account trusts the browser of a cookie, which is then noted as used.
    ///
    /// - Parameters:
    ///   - cookie: The hash of the cookie; nil without one.
    ///   - accountID: The account.
    ///   - lifetime: How long a trust lasts, in seconds; one that was made when it was longer ends earlier.
    /// - Returns: Whether it does.
    /// - Throws: `unavailable`.
    func trusts(
        _ cookie: Digest?, of accountID: UUID, for lifetime: Int64
    ) throws(AuthError) -> Bool {
        guard let cookie, let browser = try trustedBrowser(cookie, of: accountID),
            now < min(browser.expiresAt, browser.createdAt.adding(seconds: lifetime))
        else { return false }
        try updateTrustedBrowser(browser.id, lastUsedAt: now)
        return true
    }
}
