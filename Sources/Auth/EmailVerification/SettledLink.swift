import Crypto

/// The outcome of a used link, shown when it is opened again.
public struct SettledLink: Sendable, Equatable {
    /// What was done with the link.
    public let outcome: Outcome
    /// When it was used.
    public let settledAt: Timestamp

    /// Creates an outcome from its parts.
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
        /// The reader of the address reported that the account is not theirs.
        case rejected
        /// A password was set.
        case passwordSet = "password_set"
    }
}

extension AuthContext {
    /// The token of a valid link, looked up with a reader: any client can submit a token, and only a valid
    /// token justifies a write transaction.
    ///
    /// - Parameters:
    ///   - hash: The hash of the link's token.
    ///   - purpose: What the link is used for.
    /// - Returns: The token; a transaction checks again before it acts on it.
    /// - Throws: `invalidLink`, with the outcome if the link was used; `unavailable`.
    func goodLink(
        _ hash: Digest, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken {
        let time = now()
        if let token = try store.linkToken(hash, for: purpose, at: time) { return token }
        throw .invalidLink(try store.settledLink(hash, for: purpose, at: time))
    }
}
