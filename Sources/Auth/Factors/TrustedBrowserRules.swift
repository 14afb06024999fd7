import Crypto

extension Transaction {
    /// Ends the trust of an account in all browsers.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func endTrust(of accountID: UUID) throws(AuthError) -> Int {
        try deleteTrustedBrowsers(of: accountID, keeping: 0)
    }

    /// Adds a trusted browser; the oldest of the account end when there are too many.
    func trust(_ browser: TrustedBrowser) throws(AuthError) {
        try insert(browser)
        try deleteTrustedBrowsers(
            of: browser.accountID, keeping: TrustedBrowser.maximumPerAccount)
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
