import Bytes
public import Crypto

/// Lets only so many derivations run at once; the others wait in line.
public protocol HashingGate: Sendable {
    /// Waits for a turn and does the work in it.
    ///
    /// - Throws: `overloaded` when the turn would not come in time.
    func withTurn<Value>(_ work: () -> Value) throws(AuthError) -> Value
}

/// Derives and checks password hashes at the configured cost.
public struct PasswordHasher: Sendable {
    /// PBKDF2 iterations of new hashes.
    public let iterations: Int
    private let function: any KeyDerivation
    private let gate: any HashingGate
    /// What the password of an unknown account is checked against: nothing derives to its key.
    private let decoy = (
        salt: Random.bytes(PasswordHash.saltCount), key: SHA256.digest(Random.bytes(32))
    )

    /// A hasher.
    ///
    /// - Parameters:
    ///   - iterations: 1,000 to 10,000,000.
    ///   - function: The implementation that passed its self-test.
    ///   - gate: In front of every derivation.
    public init(iterations: Int, function: any KeyDerivation, gate: any HashingGate) {
        self.iterations = iterations
        self.function = function
        self.gate = gate
    }

    /// Hashes a password.
    ///
    /// - Parameters:
    ///   - password: As it was checked.
    ///   - salt: Of the hash that is made anew at another cost; random for a new password.
    ///   - permit: From `Throttle.whileHashing`.
    /// - Returns: The hash, at the configured cost.
    /// - Throws: `overloaded`.
    func hash(
        _ password: String, salt: [UInt8] = Random.bytes(PasswordHash.saltCount),
        _ permit: borrowing HashingPermit
    ) throws(AuthError) -> PasswordHash {
        try gate.withTurn {
            var bytes = Array(password.normalizedToFormC.utf8)
            defer { wipe(&bytes) }
            return PasswordHash.derive(
                password: bytes, salt: salt, iterations: iterations, using: function)
        }
    }

    /// Checks a password, with the same work whether or not the account exists.
    ///
    /// After a failed check at a lower cost than any account's the remaining iterations are spent too,
    /// so that time tells neither an older hash from the decoy nor a costlier one (CWE-208).
    /// - Parameters:
    ///   - password: As it was sent.
    ///   - hash: Of the account; nil when there is none.
    ///   - highest: The most iterations that any stored hash asks for.
    ///   - permit: From `Throttle.whileHashing`.
    /// - Returns: Whether there is an account and this is its password.
    /// - Throws: `overloaded`.
    func verify(
        _ password: String, against hash: PasswordHash?, costing highest: Int,
        _ permit: borrowing HashingPermit
    ) throws(AuthError) -> Bool {
        // No account has such a password; the work is the same all the same.
        let isTooLong = password.utf8.count > PasswordPolicy.maximumBytes
        return try gate.withTurn {
            var bytes = isTooLong ? [] : Array(password.normalizedToFormC.utf8)
            defer { wipe(&bytes) }
            let salt = hash?.salt ?? decoy.salt
            let cost = hash?.iterations ?? iterations
            let derived = function.derive(password: bytes, salt: salt, iterations: cost)
            let isRight = constantTimeEquals(derived, hash?.key ?? decoy.key)
            let rest = max(iterations, highest) - cost
            if !isRight && rest > 0 {
                _ = function.derive(password: bytes, salt: salt, iterations: rest)
            }
            return isRight && hash != nil && !isTooLong
        }
    }
}
