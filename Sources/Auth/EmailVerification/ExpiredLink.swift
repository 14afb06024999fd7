import Crypto

/// A link that was not used in time, as long as it is kept.
public struct ExpiredLink: Sendable, Equatable {
    /// What it would have allowed.
    public let purpose: LinkToken.Purpose
    /// When it expired.
    public let expiredAt: Timestamp
}

extension EmailService {
    /// Tells an expired link from one that was used, replaced or never existed; changes nothing.
    ///
    /// - Parameter token: The token, as submitted.
    /// - Returns: The link; nil unless it has expired.
    /// - Throws: `unavailable`.
    public func expiredLink(token: String) throws(AuthError) -> ExpiredLink? {
        let (hash, time) = (LinkToken.hash(of: token), now())
        for purpose in LinkToken.Purpose.allCases {
            // Valid at a time before all links: still stored, whenever it expires.
            let link = try store.linkToken(hash, for: purpose, at: Timestamp(milliseconds: 0))
            guard let link else { continue }
            guard !link.isValid(at: time) else { return nil }
            return ExpiredLink(purpose: purpose, expiredAt: link.expiresAt)
        }
        return nil
    }
}
