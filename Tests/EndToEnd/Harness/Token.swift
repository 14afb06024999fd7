import FoundationEssentials

/// A JWT as anybody can read it, without a key.
struct Token {
    /// The first part.
    let header: JSON
    /// The second part.
    let claims: JSON

    /// Reads a token.
    ///
    /// - Throws: When it has not three parts of base64url, the first two of JSON.
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
