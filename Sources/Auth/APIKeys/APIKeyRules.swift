import Crypto

/// An invitation that was made with an API key ends with it.
extension Transaction {
    /// Adds a key.
    ///
    /// - Throws: `unavailable`.
    func create(_ details: APIKeyDetails, hash: Digest) throws(AuthError) {
        let key = details.key
        try insert(details, hash: hash)
        try record(
            .apiKeyCreated, of: key.accountID, object: key.id,
            [
                EventChange(.name, to: details.name), EventChange(.prefix, to: details.prefix),
                EventChange(.scopes, to: key.scopes.names.joined(separator: " ")),
                EventChange(.expiresAt, to: key.expiresAt?.rfc3339),
            ])
    }

    /// Revokes a key, and ends the invitations that were made with it.
    ///
    /// - Parameters:
    ///   - id: Its id.
    ///   - accountID: The account it has to belong to; nil for any.
    /// - Returns: Whether it was live, and the account's.
    /// - Throws: `unavailable`.
    func endAPIKey(_ id: UUID, of accountID: UUID?) throws(AuthError) -> Bool {
        guard let details = try apiKeyDetails(id), try revokeAPIKey(id, of: accountID) else {
            return false
        }
        try endInvites(madeWith: id, of: details.key.accountID)
        try record(
            .apiKeyRevoked, of: details.key.accountID, object: id,
            [EventChange(.name, from: details.name), EventChange(.prefix, from: details.prefix)])
        return true
    }

    /// Revokes the keys of an account, and ends the invitations that were made with them.
    ///
    /// - Returns: How many keys were live: one event reports all of them.
    /// - Throws: `unavailable`.
    @discardableResult
    func endAPIKeys(of accountID: UUID) throws(AuthError) -> Int {
        try endInvites(madeWithKeysOf: accountID)
        let count = try revokeAPIKeys(of: accountID)
        if count > 0 {
            try record(
                .apiKeyRevoked, of: accountID, [EventChange(.count, from: "\(count)", to: "0")])
        }
        return count
    }
}
