import COpenSSL

/// PBKDF2 with HMAC-SHA-256 and a 32-byte result (RFC 8018 §5.2).
///
/// A value selects one of two implementations; both give the same bytes. Safe on any thread.
public struct PBKDF2: KeyDerivation, Equatable {
    /// A way to compute the function.
    public enum Implementation: Sendable, Equatable {
        /// OpenSSL's SHA-256 block function on two prepared key states: two to three times as fast,
        /// since OpenSSL's own PBKDF2 sets its HMAC up again for every iteration.
        case blockFunction
        /// OpenSSL's own PBKDF2.
        case reference
    }

    /// The way this value computes.
    public let implementation: Implementation

    /// Uses this implementation.
    public init(_ implementation: Implementation) {
        self.implementation = implementation
    }

    /// The fast way if it agrees with OpenSSL's own here, else OpenSSL's own.
    ///
    /// Takes about a millisecond: for the start of the process.
    public static func selected() -> PBKDF2 {
        PBKDF2(selfTest() ? .blockFunction : .reference)
    }

    /// Derives a key from a password.
    ///
    /// - Parameters:
    ///   - password: Of any length; the caller wipes it.
    ///   - salt: Of any length.
    ///   - iterations: 1 to `Int32.max`; stored and configured numbers are bounded where they are
    ///     read (`PasswordHash.iterationBounds`), so that another one is a programmer's error.
    /// - Returns: The 32 bytes.
    public func derive(password: [UInt8], salt: [UInt8], iterations: Int) -> Digest {
        precondition((1...Int(Int32.max)).contains(iterations), "an impossible iteration count")
        return switch implementation {
        case .blockFunction:
            PBKDF2BlockFunction(password: password).derive(salt: salt, iterations: iterations)
        case .reference:
            Self.reference(password: password, salt: salt, iterations: iterations)
        }
    }

    /// Whether the fast way agrees with OpenSSL's own, for a short and an over-long password.
    public static func selfTest() -> Bool {
        let salt = Array("lunauth self-test".utf8)
        return [11, 100].allSatisfy { count in
            let password = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
            let fast = PBKDF2(.blockFunction)
            return fast.derive(password: password, salt: salt, iterations: 1_000)
                == reference(password: password, salt: salt, iterations: 1_000)
        }
    }

    /// Derives a key by OpenSSL's own function.
    ///
    /// - Parameters:
    ///   - password: As for `derive`.
    ///   - salt: As for `derive`.
    ///   - iterations: As for `derive`.
    /// - Returns: The 32 bytes.
    public static func reference(
        password: [UInt8], salt: [UInt8], iterations: Int
    ) -> Digest {
        unsafe password.withUnsafeBytes { password in
            unsafe password.withMemoryRebound(to: CChar.self) { password in
                unsafe Digest { destination in
                    let status = unsafe PKCS5_PBKDF2_HMAC(
                        password.baseAddress, Int32(password.count), salt, Int32(salt.count),
                        Int32(iterations), EVP_sha256(), Int32(Digest.count), destination)
                    // As for HMAC: for want of memory alone, and there is no weaker answer to give.
                    precondition(status == 1, "OpenSSL computes no PBKDF2")
                }
            }
        }
    }
}
