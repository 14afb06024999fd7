/// An account with everything that is exported of it; factors are sealed.
public struct StoredTransfer: Sendable {
    /// The account and its password.
    public let credential: AccountCredential
    /// Its other credentials, oldest first.
    public let factors: [Credential]
    /// Its keys that were not revoked, oldest first.
    public let apiKeys: [APIKeyTransfer]

    /// A row of an export.
    public init(
        credential: AccountCredential, factors: [Credential], apiKeys: [APIKeyTransfer]
    ) {
        self.credential = credential
        self.factors = factors
        self.apiKeys = apiKeys
    }
}

/// Reads of all accounts and invitations, for an export.
public protocol TransferStore {
    /// Accounts, oldest first: an import into an empty server keeps the order, whatever its store.
    ///
    /// - Parameters:
    ///   - after: The position of the last account of the page before; nil for the first page.
    ///   - limit: The most that are returned.
    /// - Returns: A page; an empty one is the end.
    /// - Throws: `unavailable`.
    func accountTransfers(after: Cursor?, limit: Int) throws(AuthError) -> [StoredTransfer]

    /// Invitations, as accounts.
    ///
    /// - Throws: `unavailable`.
    func inviteTransfers(after: Cursor?, limit: Int) throws(AuthError) -> [InviteTransfer]
}
