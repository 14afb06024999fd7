public import Crypto

/// Reads the key under which credentials are sealed.
public protocol DataKeyReader {
    /// The key, itself wrapped; nil before the first one.
    ///
    /// - Throws: As `SessionStore.session`.
    func dataKey() throws(AuthError) -> [UInt8]?
}

/// Reads of credentials other than passwords.
public protocol CredentialStore: DataKeyReader {
    /// The credentials of an account, oldest first, by age and id.
    ///
    /// - Throws: As `SessionStore.session`.
    func credentials(of accountID: UUID) throws(AuthError) -> [Credential]

    /// The passkey that an authenticator names by this handle.
    ///
    /// - Throws: As `SessionStore.session`.
    func passkey(_ handle: [UInt8]) throws(AuthError) -> Credential?
}

/// What a transaction does to credentials other than passwords.
public protocol CredentialTransaction: DataKeyReader {
    /// Adds a credential.
    ///
    /// - Throws: `limitReached` when the account has one of its kind, passkeys excepted, or a passkey has
    ///   its handle: unique indexes decide races.
    func insert(_ credential: Credential) throws(AuthError)

    /// The credentials of an account, oldest first, by age and id.
    func credentials(of accountID: UUID) throws(AuthError) -> [Credential]

    /// The passkey that an authenticator names by this handle.
    func passkey(_ handle: [UInt8]) throws(AuthError) -> Credential?

    /// Whether any account has a credential of this id.
    func hasCredential(_ id: UUID) throws(AuthError) -> Bool

    /// Updates name, data and last use of a credential.
    func update(_ credential: Credential) throws(AuthError)

    /// Deletes a credential.
    ///
    /// - Returns: Whether it was there, and the account's.
    func deleteCredential(_ id: UUID, of accountID: UUID) throws(AuthError) -> Bool

    /// Deletes all credentials of an account but its password.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func deleteCredentials(of accountID: UUID) throws(AuthError) -> Int

    /// Credentials of all accounts, in an order that stays: those after one of them.
    ///
    /// - Parameters:
    ///   - after: The id of the last one of the page before; nil for the first page.
    ///   - limit: The most that are returned.
    /// - Returns: A page; an empty one is the end.
    /// - Throws: `unavailable`.
    func credentials(after: UUID?, limit: Int) throws(AuthError) -> [Credential]

    /// Replaces the wrapped key.
    func save(dataKey: [UInt8]) throws(AuthError)
}
