import Crypto

/// What came of a link that was used, for whoever opens it again.
public struct SettledLink: Sendable, Equatable {
    /// What was done with it.
    public let outcome: Outcome
    /// When.
    public let settledAt: Timestamp

    /// A settled link from its parts.
    public init(_ outcome: Outcome, at settledAt: Timestamp) {
        self.outcome = outcome
        self.settledAt = settledAt
    }

    /// What can be done with a link.
    public enum Outcome: String, Sendable, CaseIterable {
        /// The account was approved.
        case approved
        /// The account was declined.
        case declined
        /// The address was confirmed.
        case confirmed
        /// The change of address was cancelled.
        case cancelled
        /// The reader of the address said that the account is not theirs.
        case rejected
        /// A password was set.
        case passwordSet = "password_set"
    }
}

extension AuthContext {
    /// The token of a link that is still good, asked of a reader: anybody may send anything, and only a
    /// good token is worth a turn of the writer.
    ///
    /// - Parameters:
    ///   - hash: Of the link's token.
    ///   - purpose: What the link is used for.
    /// - Returns: The token; a transaction looks again before it acts on it.
    /// - Throws: `invalidLink`, with what came of it where it was used; `unavailable`.
    func goodLink(
        _ hash: Digest, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken {
        let time = now()
        if let token = try store.linkToken(hash, for: purpose, at: time) { return token }
        throw .invalidLink(try store.settledLink(hash, for: purpose, at: time))
    }
}
