/// A way to make a key of a password: PBKDF2, and in tests what counts its iterations.
public protocol KeyDerivation: Sendable {
    /// Derives a key from a password.
    ///
    /// - Parameters:
    ///   - password: Of any length; the caller wipes it.
    ///   - salt: Of any length.
    ///   - iterations: At least 1.
    /// - Returns: The 32 bytes.
    func derive(password: [UInt8], salt: [UInt8], iterations: Int) -> Digest
}
