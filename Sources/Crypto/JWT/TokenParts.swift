import Bytes

/// The ranges of the three parts of a compact token (RFC 7515 §7.1).
struct TokenParts {
    /// The most bytes of a token.
    static let maximumBytes = 4096

    /// The first part.
    let header: Range<Int>
    /// The second part.
    let payload: Range<Int>
    /// The third part.
    let signature: Range<Int>

    /// What the MAC is over: the first two parts and the dot between them.
    var signingInput: Range<Int> { header.lowerBound..<payload.upperBound }

    /// Finds the parts.
    ///
    /// - Throws: `malformed` unless there are exactly three, none empty, within the bound.
    init(_ token: Span<UInt8>) throws(TokenError) {
        guard token.count <= Self.maximumBytes else { throw .malformed }
        let dot = UInt8(ascii: ".")
        guard let first = token.firstIndex(of: dot, from: 0),
            let second = token.firstIndex(of: dot, from: first + 1)
        else { throw .malformed }
        header = 0..<first
        payload = first + 1..<second
        // A third dot is no symbol of base64url: the signature is refused for it.
        signature = second + 1..<token.count
        guard !header.isEmpty, !payload.isEmpty, !signature.isEmpty else { throw .malformed }
    }
}
