import FoundationEssentials

/// A JWT, decoded without a key.
struct Token {
    /// The header.
    let header: JSON
    /// The payload.
    let claims: JSON

    /// Decodes a token.
    ///
    /// - Throws: When it is not three parts of base64url, the first two JSON.
    init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw HarnessError("\(parts.count) parts") }
        header = try JSON(Self.decoded(parts[0]))
        claims = try JSON(Self.decoded(parts[1]))
    }

    private static func decoded(_ part: Substring) throws -> [UInt8] {
        let standard = part.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding) else {
            throw HarnessError("no base64url: \(part)")
        }
        return Array(data)
    }
}
