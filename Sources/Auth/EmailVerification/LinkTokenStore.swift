public import Crypto

/// The one-time tokens of links.
public protocol LinkTokenStore {
    /// The token of this hash and purpose if it is good at a time; a transaction looks again before it
    /// acts on it.
    ///
    /// - Throws: `unavailable`.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken?

    /// What came of the link whose token has this hash and purpose, until the token would have ended.
    ///
    /// - Throws: `unavailable`.
    func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> SettledLink?
}
