import Testing

@testable import Crypto

/// Bytes of a vector as the RFCs print them: hexadecimal, with any white space between.
func bytes(_ hex: String) throws -> [UInt8] {
    let digits = hex.utf8.filter { $0 != 0x20 && $0 != 0x0A }
    return try #require(Hex.decode(digits))
}
