import Bytes
public import Crypto
public import ForeignPasswords

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
    private let foreign: any ForeignVerifier
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
    ///   - foreign: Checks the hashes of other systems.
    public init(
        iterations: Int, function: any KeyDerivation, gate: any HashingGate,
        foreign: any ForeignVerifier = LibraryVerifier()
    ) {
        self.iterations = iterations
        self.function = function
        self.gate = gate
        self.foreign = foreign
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
    /// After a failed check at less than the highest stored cost, the remaining iterations are run too, and what
    /// `UniformWork` adds, so that timing distinguishes neither an older hash nor a costlier one nor a foreign one
    /// from the decoy (CWE-208).
    /// - Parameters:
    ///   - password: The password, as submitted.
    ///   - stored: The stored hash of the account; nil when there is no account.
    ///   - uniform: What a failed check costs.
    ///   - permit: The permit from `Throttle.whileHashing`.
    /// - Returns: Whether there is an account and this is its password.
    /// - Throws: `overloaded`; `unavailable` for want of memory.
    func verify(
        _ password: String, against stored: StoredPassword?, _ uniform: UniformWork,
        _ permit: borrowing HashingPermit
    ) throws(AuthError) -> Bool {
        // No account has such a password; the work is done all the same.
        let isTooLong = password.utf8.count > PasswordPolicy.maximumBytes
        let input = isTooLong ? "" : password
        let result = try gate.withTurn { () -> Result<Bool, ForeignHashFault> in
            Result { () throws(ForeignHashFault) in
                switch stored {
                case .foreign(let hash): try isRight(input, for: hash, uniform)
                case .own(let hash): try isRight(input, for: hash, uniform)
                case nil: try isRight(input, for: nil, uniform)
                }
            }
        }
        do throws(ForeignHashFault) {
            return try result.get() && !isTooLong
        } catch {
            throw .unavailable(.hashingFault, detail: "no memory for a \(error.form) hash")
        }
    }

    /// Checks a foreign hash with the bytes that were entered: other systems do not normalise.
    private func isRight(
        _ password: String, for hash: ForeignHash, _ uniform: UniformWork
    ) throws(ForeignHashFault) -> Bool {
        guard try !checks(password, hash) else { return true }
        _ = derives(password, nil, uniform)
        return false
    }

    /// Checks a hash of lunauth's own; nil for an account that does not exist.
    private func isRight(
        _ password: String, for hash: PasswordHash?, _ uniform: UniformWork
    ) throws(ForeignHashFault) -> Bool {
        guard !derives(password, hash, uniform) else { return true }
        if let decoy = uniform.decoy { _ = try checks(password, decoy) }
        return false
    }

    private func checks(
        _ password: String, _ hash: ForeignHash
    ) throws(ForeignHashFault) -> Bool {
        var bytes = Array(password.utf8)
        defer { wipe(&bytes) }
        return try foreign.verify(bytes, against: hash)
    }

    /// Whether a password derives the key of a hash; the decoy's in place of none.
    private func derives(
        _ password: String, _ hash: PasswordHash?, _ uniform: UniformWork
    ) -> Bool {
        var bytes = Array(password.normalizedToFormC.utf8)
        defer { wipe(&bytes) }
        let salt = hash?.salt ?? decoy.salt
        let cost = hash?.iterations ?? iterations
        let derived = function.derive(password: bytes, salt: salt, iterations: cost)
        let isRight = constantTimeEquals(derived, hash?.key ?? decoy.key)
        let rest = max(iterations, uniform.iterations) - cost
        if !isRight && rest > 0 {
            _ = function.derive(password: bytes, salt: salt, iterations: rest)
        }
        return isRight && hash != nil
    }
}
