public import Crypto

/// The one-time tokens of links.
public protocol LinkTokenStore {
    /// The token with this hash and purpose, if it is valid at the given time; a transaction checks
    /// again before it acts on it.
    ///
    /// - Throws: `unavailable`.
    func linkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> LinkToken?

    /// The outcome of the used link whose token has this hash and purpose, until the token would have expired.
    ///
    /// - Throws: `unavailable`.
    func settledLink(
        _ hash: Digest, for purpose: LinkToken.Purpose, at time: Timestamp
    ) throws(AuthError) -> SettledLink?
}
