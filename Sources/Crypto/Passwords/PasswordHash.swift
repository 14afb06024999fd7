import Bytes

/// A stored password: a PBKDF2-HMAC-SHA-256 key with what is needed to derive it again.
///
/// Its text is a PHC string, `$pbkdf2-sha256$i=600000$<salt>$<key>`, both in standard base64 without
/// padding.
public struct PasswordHash: Sendable, Equatable {
    /// The iteration counts a stored hash may ask for.
    ///
    /// Below, a key costs too little to guess; above, one login would occupy a core for a second.
    public static let iterationBounds = 1_000...10_000_000
    /// Bytes a salt may have.
    public static let saltBounds = 8...64
    /// Bytes of the salts made here.
    public static let saltCount = 16
    /// The most bytes of a PHC string.
    public static let maximumBytes = 256

    private static let algorithm = "pbkdf2-sha256"

    /// How many iterations the key took.
    public let iterations: Int
    /// The random bytes that make equal passwords differ.
    public let salt: [UInt8]
    /// The key derived from the password.
    public let key: Digest

    /// Creates a hash; nil when `iterations` or the length of `salt` is out of bounds.
    public init?(iterations: Int, salt: [UInt8], key: Digest) {
        guard Self.iterationBounds.contains(iterations), Self.saltBounds.contains(salt.count)
        else { return nil }
        self.iterations = iterations
        self.salt = salt
        self.key = key
    }

    /// Reads a PHC string; nil unless it is exactly what `phc` would give for values in bounds.
    public init?(phc text: String) {
        guard text.utf8.count <= Self.maximumBytes else { return nil }
        let fields = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0].isEmpty,
            fields[1].elementsEqual(Self.algorithm.utf8),
            fields[2].starts(with: "i=".utf8),
            // Eight digits are enough for the bounds.
            let iterations = Decimal.parse(
                fields[2].dropFirst(2), maximumDigits: 8, leadingZeros: .refused),
            let salt = withSpan(of: fields[3], { Base64.standard.decode($0) }),
            let key = withSpan(of: fields[4], { Base64.standard.decodeDigest($0) })
        else { return nil }
        self.init(iterations: iterations, salt: salt, key: key)
    }

    /// The PHC string.
    public var phc: String {
        let salt = Base64.standard.encode(salt.span)
        let key = key.withBytes { Base64.standard.encode($0) }
        return "$\(Self.algorithm)$i=\(iterations)$\(salt)$\(key)"
    }

    /// Hashes a password under a new random salt.
    ///
    /// - Parameters:
    ///   - password: The bytes, normalised before; the caller wipes them.
    ///   - salt: 16 bytes; random unless a hash is renewed at another cost.
    ///   - iterations: Brought within `iterationBounds`.
    ///   - pbkdf2: The way to compute.
    /// - Returns: The hash to store.
    public static func derive(
        password: [UInt8], salt: [UInt8] = Random.bytes(saltCount), iterations: Int,
        using pbkdf2: any KeyDerivation
    ) -> PasswordHash {
        let bounds = iterationBounds
        let iterations = min(max(iterations, bounds.lowerBound), bounds.upperBound)
        let key = pbkdf2.derive(password: password, salt: salt, iterations: iterations)
        return PasswordHash(boundedIterations: iterations, salt: salt, key: key)
    }

    /// Whether the hash is that of `password`; takes a derivation, whatever the answer.
    ///
    /// - Parameters:
    ///   - password: The bytes, normalised before; the caller wipes them.
    ///   - pbkdf2: The way to compute.
    /// - Returns: True when the keys are equal, compared in constant time.
    public func matches(password: [UInt8], using pbkdf2: PBKDF2) -> Bool {
        let key = pbkdf2.derive(password: password, salt: salt, iterations: iterations)
        return constantTimeEquals(key, self.key)
    }

    private init(boundedIterations iterations: Int, salt: [UInt8], key: Digest) {
        self.iterations = iterations
        self.salt = salt
        self.key = key
    }
}
