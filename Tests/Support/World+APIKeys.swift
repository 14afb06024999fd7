public import Auth
public import Crypto

extension World {
    /// An API key of an account, whatever its status, past every counter.
    ///
    /// - Parameters:
    ///   - email: The account's.
    ///   - id: Its id.
    ///   - scopes: What it may do.
    ///   - lifetime: Seconds for which it is good; nil for ever.
    ///   - text: Its text.
    /// - Returns: Its text, and what is kept of it.
    /// - Throws: When nobody has this email.
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
