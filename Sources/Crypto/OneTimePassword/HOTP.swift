/// One-time codes of a counter (RFC 4226), with HMAC-SHA-1.
enum HOTP {
    /// The code of a counter.
    ///
    /// - Parameters:
    ///   - secret: The key that both sides have.
    ///   - counter: The moving factor.
    ///   - digits: Of the code, 1 to 9.
    /// - Returns: Decimal digits, zeros in front included.
    static func code(secret: Secret, counter: UInt64, digits: Int) -> String {
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
        let code = HMACSHA1.code(for: message, key: secret)
        // Dynamic truncation (§5.3): the last four bits tell where 31 bits are taken.
        let offset = Int(code[HMACSHA1.count - 1] & 0xF)
        let number = code[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let text = String((number & 0x7FFF_FFFF) % modulus)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }
}
