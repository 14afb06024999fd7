/// A password hash that another system made.
///
/// Bytes of a password are hashed as they were entered: other systems do not normalise.
public struct ForeignHash: Sendable, Equatable {
    /// The most bytes of a text.
    public static let maximumBytes = 512
    /// The most memory that one check takes, in bytes, whatever the form.
    public static let maximumMemory = max(
        Argon2Hash.maximumMemory << 10, ScryptHash.maximumMemory, YescryptHash.maximumMemory)

    /// In its canonical form: what Django and Keycloak write in forms of their own is written as passlib
    /// does (`$pbkdf2-sha256$29000$<salt>$<key>`).
    public let text: String
    let method: any ForeignMethod

    /// Reads a hash.
    ///
    /// - Parameter text: bcrypt (`$2a$`, `$2b$`, `$2y$`), SHA-256-crypt, SHA-512-crypt, yescrypt, Argon2i and
    ///   Argon2id, scrypt, PBKDF2 with SHA-1, SHA-256 or SHA-512, as crypt(5), the PHC string format, passlib
    ///   or Django write them.
    /// - Throws: When it is of another form, malformed, or too costly.
    public init(_ text: String) throws(ForeignHashError) {
        self.init(try ForeignForms.method(of: text))
    }

    init(_ method: any ForeignMethod) {
        self.method = method
        text = method.text
    }

    /// The name of its form, as `bcrypt`.
    public var form: String { method.form }

    /// Form and cost, equal for all hashes whose check takes the same work; no colon.
    public var profile: String { "\(method.form),\(method.cost)" }

    /// The text without the key: form, cost and salt.
    public var setting: String { method.setting }

    /// A hash of the same profile that no password is known to have, under another salt.
    public func decoy() -> ForeignHash { ForeignHash(method.decoy) }

    /// Whether two hashes are the same text.
    public static func == (left: ForeignHash, right: ForeignHash) -> Bool {
        left.text == right.text
    }
}

/// Checks passwords against foreign hashes: the libraries, and in tests what counts the checks.
public protocol ForeignVerifier: Sendable {
    /// Whether a hash is that of a password.
    ///
    /// - Parameters:
    ///   - password: The bytes as they were entered; the caller wipes them.
    ///   - hash: The hash.
    /// - Returns: Whether it is; the work is the same either way.
    /// - Throws: For want of memory.
    func verify(_ password: [UInt8], against hash: ForeignHash) throws(ForeignHashFault) -> Bool
}

/// Checks by the library of each form.
///
/// Safe on any thread.
public struct LibraryVerifier: ForeignVerifier {
    /// Creates a verifier.
    public init() {}

    /// Whether a hash is that of a password.
    ///
    /// - Throws: For want of memory.
    public func verify(
        _ password: [UInt8], against hash: ForeignHash
    ) throws(ForeignHashFault) -> Bool {
        try hash.method.matches(password)
    }
}
