/// The keys tokens are signed with: the current one, and earlier ones that still verify.
///
/// Immutable, shared by all threads.
public final class KeyRing: Sendable {
    /// The key that signs.
    let current: SigningKey
    /// The keys that only verify.
    let previous: [SigningKey]

    /// Makes a ring.
    ///
    /// - Parameters:
    ///   - current: Signs, and verifies tokens that name no key.
    ///   - previous: Verify the tokens that name them.
    /// - Throws: `unavailable` when OpenSSL cannot derive the names of the keys.
    public init(current: Secret, previous: [Secret] = []) throws(CryptoError) {
        self.current = try SigningKey(current)
        var keys: [SigningKey] = []
        for secret in previous { keys.append(try SigningKey(secret)) }
        self.previous = keys
    }

    /// The names of the keys, 11 characters each, the current one first.
    public var kids: [String] {
        [current.kid] + previous.map(\.kid)
    }
}
