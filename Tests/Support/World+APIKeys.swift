public import Auth
public import Crypto

extension World {
    /// Creates an API key of an account, whatever its status, without effect on counters.
    ///
    /// - Parameters:
    ///   - email: The email of the account.
    ///   - id: Its id.
    ///   - scopes: Its scopes.
    ///   - lifetime: Its lifetime in seconds; nil for ever.
    ///   - text: Its text.
    /// - Returns: Its text, and its stored details.
    /// - Throws: When no account has this email.
    @discardableResult
    public func makeKey(
        of email: String, id: UUID = .random(), scopes: APIKey.Scopes = .standard,
        lifetime: Int64? = nil, text: APIKeyText = .random()
    ) throws -> (text: String, details: APIKeyDetails) {
        guard let account = account(email) else { throw AuthError.invalidCredentials }
        let now = clock.now
        let details = APIKeyDetails(
            key: APIKey(
                id: id, accountID: account.id, scopes: scopes,
                expiresAt: lifetime.map { now.adding(seconds: $0) }),
            name: "Sample", prefix: text.shown, createdAt: now, lastUsedAt: nil)
        store.change { $0.apiKeys.append(StoredAPIKey(hash: text.hash, details: details)) }
        return (text.text, details)
    }
}
