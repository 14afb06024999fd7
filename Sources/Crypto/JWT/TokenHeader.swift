/// What the header of a token says (RFC 7515 §4), once it is one we accept.
struct TokenHeader {
    /// The key it names, if any.
    let kid: String?

    private enum Member: String, CaseIterable { case alg, typ, kid, crit }
    private static let members = JSONMembers<Member>()

    /// Reads a header that is not byte for byte one of ours.
    ///
    /// `alg` has to be there and right, but it chooses nothing: the algorithm is that of the key.
    /// - Parameter json: The decoded first part.
    /// - Throws: `malformed` when it is not strict JSON, `alg` is not HS256, `typ` is there and not
    ///   JWT in any case, or `crit` asks for an extension, as none is known here.
    init(json: Span<UInt8>) throws(TokenError) {
        do {
            try self.init(members: json)
        } catch {
            throw .malformed
        }
    }

    private init(members input: Span<UInt8>) throws(JSONError) {
        var algorithm: String?
        var kid: String?
        var reader = JSONObjectReader(Self.members)
        while let member = try reader.nextMember(in: input) {
            switch member {
            case .alg: algorithm = try reader.string(in: input)
            case .typ:
                let type = try reader.string(in: input)
                guard type.utf8.map({ $0 | 0x20 }) == Array("jwt".utf8) else { throw .refused }
            case .kid: kid = try reader.string(in: input)
            case .crit: throw .refused
            }
        }
        guard let algorithm else { throw .missingMember }
        guard algorithm == "HS256" else { throw .refused }
        self.kid = kid
    }
}
