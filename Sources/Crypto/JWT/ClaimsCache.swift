/// The claims of the tokens that were verified last, by their MAC: a direct-mapped cache.
///
/// A client sends the same token again and again. Its MAC is computed each time; where it equals an
/// earlier one, so does everything it covers, and nothing needs to be read again. Only tokens signed
/// with the key can fill or probe it.
struct ClaimsCache {
    /// The number of tokens; about 50 KiB.
    static let capacity = 512

    private struct Entry {
        let code: Digest
        let claims: Claims
    }

    // Allocated with the first entry: most threads never verify a token.
    private var entries: [Entry?] = []

    /// The claims of the token of this MAC.
    ///
    /// - Parameter code: Computed, not taken from a token.
    subscript(code: Digest) -> Claims? {
        get {
            guard !entries.isEmpty, let entry = entries[Self.index(of: code)], entry.code == code
            else { return nil }
            return entry.claims
        }
        set {
            if entries.isEmpty { entries = [Entry?](repeating: nil, count: Self.capacity) }
            entries[Self.index(of: code)] = newValue.map { Entry(code: code, claims: $0) }
        }
    }

    private static func index(of code: Digest) -> Int { Int(code.firstWord % UInt64(capacity)) }
}
