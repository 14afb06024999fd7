extension ForeignHash {
    /// A hash from its parts, for systems that store them in fields of their own.
    ///
    /// - Parameters:
    ///   - function: The hash function.
    ///   - iterations: The iterations.
    ///   - salt: The salt.
    ///   - key: The key.
    /// - Returns: The hash.
    /// - Throws: When a part is out of bounds.
    public static func pbkdf2(
        _ function: PBKDF2Function, iterations: Int, salt: [UInt8], key: [UInt8]
    ) throws(ForeignHashError) -> ForeignHash {
        ForeignHash(try PBKDF2Hash(function, iterations: iterations, salt: salt, key: key))
    }
}
