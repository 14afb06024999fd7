import JSON

/// The header of a token (RFC 7515 §4), once it is accepted.
struct TokenHeader {
    /// The key it names, if any.
    let kid: String?

    private enum Member: String, CaseIterable { case alg, typ, kid, crit }
    private static let members = JSONMembers<Member>()

    /// Reads a header that is not byte for byte one that this server writes.
    ///
    /// `alg` has to be there and right, but it chooses nothing: the algorithm is that of the key.
    /// - Parameter json: The decoded first part.
    /// - Throws: `malformed` when it is not strict JSON, `alg` is not HS256, `typ` is there and not
    ///   JWT in any case, or `crit` requires an extension, as none is known here.
    init(json: Span<UInt8>) throws(TokenError) {
        var (algorithm, type, kid): (String?, String?, String?)
        var hasExtensions = false
        do throws(JSONError) {
            var reader = JSONObjectReader()
            while let member = try reader.nextMember(of: Self.members, in: json) {
                switch member {
                case .alg: algorithm = try reader.string(in: json)
                case .typ: type = try reader.string(in: json)
                case .kid: kid = try reader.string(in: json)
                case .crit:
                    try reader.skipValue(in: json)
                    hasExtensions = true
                }
            }
        } catch {
            throw .malformed
        }
        guard algorithm == "HS256", !hasExtensions else { throw .malformed }
        if let type, type.utf8.map({ $0 | 0x20 }) != Array("jwt".utf8) { throw .malformed }
        self.kid = kid
    }
}
