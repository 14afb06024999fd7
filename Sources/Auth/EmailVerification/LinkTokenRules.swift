import Crypto

extension LinkToken {
    /// Whether the link can still be used.
    func isValid(at time: Timestamp) -> Bool { expiresAt > time }
}

/// A link is single-use, and an account has one link of a purpose at a time.
extension Transaction {
    /// Adds a token in place of the one that the account has for the same purpose.
    func issue(_ token: LinkToken) throws(AuthError) {
        try revokeLinks(of: token.accountID, for: [token.purpose])
        try insert(token)
    }

    /// The token of this hash and purpose if it is valid now.
    func validLinkToken(
        _ hash: Digest, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken? {
        try linkToken(hash, for: purpose).flatMap { $0.isValid(at: now) ? $0 : nil }
    }

    /// The token that an account has for a purpose if it is valid now.
    func validLinkToken(
        of accountID: UUID, for purpose: LinkToken.Purpose
    ) throws(AuthError) -> LinkToken? {
        try linkToken(of: accountID, for: purpose).flatMap { $0.isValid(at: now) ? $0 : nil }
    }

    /// Ends a link that was used, or whose purpose was fulfilled otherwise, and keeps what came of it.
    func settle(
        _ token: LinkToken, as outcome: SettledLink.Outcome
    ) throws(AuthError) {
        try deleteLinkToken(token.hash)
        try insert(SettledLink(outcome, at: now), of: token)
    }

    /// Ends the links of an account for some purposes.
    func revokeLinks(
        of accountID: UUID, for purposes: [LinkToken.Purpose]
    ) throws(AuthError) {
        for purpose in purposes {
            try deleteLinkToken(of: accountID, for: purpose, exceptProving: nil)
        }
    }
}
