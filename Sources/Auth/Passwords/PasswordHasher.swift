import Bytes
public import Crypto

/// Limits how many derivations run at once; the others wait in line.
public protocol HashingGate: Sendable {
    /// Waits until it may run the work, and runs it.
    ///
    /// - Throws: `overloaded` when the wait would be too long.
    func withTurn<Value>(_ work: () -> Value) throws(AuthError) -> Value
}

/// Derives and checks password hashes at the configured cost.
public struct PasswordHasher: Sendable {
    /// PBKDF2 iterations of new hashes.
    public let iterations: Int
    private let function: any KeyDerivation
    private let gate: any HashingGate
    /// What the password of an unknown account is checked against: no password derives its key.
    private let decoy = (
        salt: Random.bytes(PasswordHash.saltCount), key: SHA256.digest(Random.bytes(32))
    )

    /// Creates a hasher.
    ///
    /// - Parameters:
    ///   - iterations: 1,000 to 10,000,000.
    ///   - function: The implementation that passed its self-test.
    ///   - gate: Limits the derivations that run at once.
    public init(iterations: Int, function: any KeyDerivation, gate: any HashingGate) {
        self.iterations = iterations
        self.function = function
        self.gate = gate
    }

    /// Hashes a password.
    ///
    /// - Parameters:
    ///   - password: The validated password.
    ///   - salt: The salt of the hash that is recomputed at another cost; random for a new password.
    ///   - permit: The permit from `Throttle.whileHashing`.
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
    /// After a failed check at less than the highest stored cost, the remaining iterations are run too, so
    /// that timing distinguishes neither an older hash nor a costlier one from the decoy (CWE-208).
    /// - Parameters:
    ///   - password: The password, as submitted.
    ///   - hash: The stored hash of the account; nil when there is no account.
    ///   - highest: The highest iteration count of all stored hashes.
    ///   - permit: The permit from `Throttle.whileHashing`.
    /// - Returns: Whether there is an account and this is its password.
    /// - Throws: `overloaded`.
    func verify(
        _ password: String, against hash: PasswordHash?, costing highest: Int,
        _ permit: borrowing HashingPermit
    ) throws(AuthError) -> Bool {
        // No account has such a password; the work is done all the same.
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
