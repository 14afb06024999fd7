public import Auth

/// A secret key that the daemons of one database share, sealed under a key that the database does not have.
public struct SealedSecretKey: Sendable, Equatable {
    /// Counts from 1; of those whose time has come, the last one signs.
    public let number: Int64
    /// The key, sealed.
    public var sealed: [UInt8]
    /// From when on it signs: all daemons have it before.
    public let signsAt: Timestamp

    /// A key from its parts.
    public init(number: Int64, sealed: [UInt8], signsAt: Timestamp) {
        self.number = number
        self.sealed = sealed
        self.signsAt = signsAt
    }
}

/// The secret keys that the daemons of one database share.
///
/// What is changed reaches all daemons within a second.
public protocol SecretKeyTable: Sendable {
    /// All of them, by their numbers.
    ///
    /// - Throws: `unavailable`, `overloaded`.
    func secretKeys() throws(AuthError) -> [SealedSecretKey]

    /// Adds one.
    ///
    /// - Returns: False where there is one of its number, which stays.
    /// - Throws: As `secretKeys`.
    func add(_ key: SealedSecretKey) throws(AuthError) -> Bool

    /// Replaces what is sealed of the keys of these numbers.
    ///
    /// - Throws: As `secretKeys`.
    func reseal(_ keys: [SealedSecretKey]) throws(AuthError)

    /// Removes those of these numbers.
    ///
    /// - Throws: As `secretKeys`.
    func removeSecretKeys(_ numbers: [Int64]) throws(AuthError)
}
