public import Crypto

/// Reads of the one-time tokens of links.
public protocol LinkTokenStore {
    /// The token of this hash and purpose if it is valid at a time; a transaction checks again before it
    /// acts on it.
    ///
    /// - Throws: `unavailable`.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken?

    /// What came of the link whose token has this hash and purpose, until the token would have expired.
    ///
    /// - Throws: `unavailable`.
    func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> SettledLink?
}

/// What a transaction does to the one-time tokens of links.
public protocol LinkTokenTransaction {
    /// Adds a token, where its account has none of its purpose; the rule is `issue`.
    func insert(_ token: LinkToken) throws(AuthError)

    /// The token of this hash and purpose, also one that has expired.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken?

    /// The token that an account has for a purpose, also one that has expired.
    func linkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken?

    /// Deletes a token.
    func deleteLinkToken(_ hash: Digest) throws(AuthError)

    /// Deletes the token of an account for a purpose.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - purpose: The purpose.
    ///   - email: A token that proves this address stays; nil for none.
    /// - Throws: `unavailable`.
    func deleteLinkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose, exceptProving email: Email?
    ) throws(AuthError)

    /// Deletes the tokens of a purpose, of all accounts.
    func deleteLinkTokens(for purpose: LinkToken.Purpose) throws(AuthError)

    /// Adds what came of a link, to be found by the hash of its token until that would have expired.
    ///
    /// It outlives the account.
    func insert(_ settled: SettledLink, of token: LinkToken) throws(AuthError)
}
