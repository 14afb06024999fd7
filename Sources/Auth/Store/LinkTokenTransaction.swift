public import Crypto

/// What a transaction does to the one-time tokens of links.
public protocol LinkTokenTransaction {
    /// Adds a token, replacing all others of the same purpose and account.
    func insert(_ token: LinkToken) throws(AuthError)

    /// The token with this hash and purpose, if it is valid at the given time; it is not consumed.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken?

    /// The token of an account for a purpose, if it is valid at the given time.
    func linkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken?

    /// Removes a token because its link was used, or because its purpose was served otherwise, and stores
    /// the outcome.
    ///
    /// The outcome belongs to no account: it outlives the account.
    func settle(
        _ token: LinkToken, as outcome: SettledLink.Outcome, at time: Timestamp
    ) throws(AuthError)

    /// Removes the tokens of a purpose, of all accounts.
    func removeLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError)

    /// Removes the tokens of an account, which makes their links invalid.
    func removeLinkTokens(
        of accountID: UUID, for purposes: [LinkToken.Purpose]
    ) throws(AuthError)
}
