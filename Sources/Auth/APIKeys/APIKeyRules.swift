import Crypto

/// An invitation that was made with an API key ends with it.
extension Transaction {
    /// Revokes a key, and ends the invitations that were made with it.
    ///
    /// - Parameters:
    ///   - id: Its id.
    ///   - accountID: The account it has to belong to; nil for any.
    /// - Returns: Whether it was live, and the account's.
    /// - Throws: `unavailable`.
    func endAPIKey(_ id: UUID, of accountID: UUID?) throws(AuthError) -> Bool {
        guard try revokeAPIKey(id, of: accountID) else { return false }
        try expireInvites(madeWith: id)
        return true
    }

    /// Revokes the keys of an account, and ends the invitations that were made with them.
    ///
    /// - Returns: How many keys were live.
    /// - Throws: `unavailable`.
    @discardableResult
    func endAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        try expireInvites(madeWithKeysOf: accountID)
        return try revokeAPIKeys(of: accountID)
    }
}
