public import Crypto

/// What a transaction does to the one-time tokens of links.
public protocol LinkTokenTransaction {
    /// Adds a token, in the place of every other one of the same purpose and account.
    func insert(_ token: LinkToken) throws(AuthError)

    /// The token of this hash and purpose if it is good at a time; it stays.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken?

    /// The token that an account has for a purpose if it is good at a time.
    func linkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken?

    /// Removes a token because its link was used, or what it was for was done otherwise, and keeps what
    /// came of it.
    ///
    /// What is kept belongs to nobody: it outlives the account.
    func settle(
        _ token: LinkToken, as outcome: SettledLink.Outcome, at time: Timestamp
    ) throws(AuthError)

    /// Removes the tokens of a purpose, whosever they are.
    func removeLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError)

    /// Removes the tokens of an account, so that the links that carry them are dead.
    func removeLinkTokens(
        of accountID: UUID, for purposes: [LinkToken.Purpose]
    ) throws(AuthError)
}
