public import Crypto

/// Reads of trusted browsers.
public protocol TrustedBrowserStore {
    /// The trusted browsers of an account at a time, newest first.
    ///
    /// - Throws: `unavailable`.
    func trustedBrowsers(
        of accountID: UUID, at time: Timestamp
    ) throws(AuthError) -> [TrustedBrowser]
}

/// What a transaction does to trusted browsers.
public protocol TrustedBrowserTransaction {
    /// Adds a trusted browser; the rule is `trust`.
    func insert(_ browser: TrustedBrowser) throws(AuthError)

    /// The browser of this hash that an account trusts, also one whose trust has ended.
    func trustedBrowser(_ hash: Digest, of accountID: UUID) throws(AuthError) -> TrustedBrowser?

    /// Updates when a browser last eased a sign-in.
    func updateTrustedBrowser(_ id: UUID, lastUsedAt: Timestamp) throws(AuthError)

    /// Deletes a trusted browser.
    ///
    /// - Returns: Whether it was there, and the account's.
    func deleteTrustedBrowser(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool

    /// Deletes the oldest trusted browsers of an account.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - count: How many of the newest stay.
    /// - Returns: How many were deleted.
    /// - Throws: `unavailable`.
    @discardableResult
    func deleteTrustedBrowsers(
        of accountID: UUID, keeping count: Int
    ) throws(AuthError) -> Int

    /// Deletes the trusted browsers of all accounts.
    ///
    /// - Returns: How many there were.
    func deleteAllTrustedBrowsers() throws(AuthError) -> Int
}
