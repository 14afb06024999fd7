extension Claims {
    /// Reads a payload.
    ///
    /// Unknown members are checked for syntax and left aside.
    /// - Parameter payload: The decoded second part of a token whose MAC has been verified.
    /// - Throws: `badClaims` when it is not strict JSON, a member has the wrong form, or `sub`,
    ///   `sid` or `exp` is absent.
    init(payload: Span<UInt8>) throws(TokenError) {
        do {
            try self.init(members: payload)
        } catch {
            throw .badClaims
        }
    }

    private enum Member: String, CaseIterable { case sub, email, tier, iat, exp, nbf, sid, role }
    private static let members = JSONMembers<Member>()

    private init(members input: Span<UInt8>) throws(JSONError) {
        var (subject, sessionID): (UUID?, UUID?)
        var (issuedAt, expiresAt, notBefore): (Int64?, Int64?, Int64?)
        var reader = JSONObjectReader(Self.members)
        while let member = try reader.nextMember(in: input) {
            switch member {
            case .sub: subject = try reader.uuid(in: input)
            case .sid: sessionID = try reader.uuid(in: input)
            case .email, .tier, .role: try reader.skipString(in: input)
            case .iat: issuedAt = try reader.integer(in: input)
            case .exp: expiresAt = try reader.integer(in: input)
            case .nbf: notBefore = try reader.integer(in: input)
            }
        }
        guard let subject, let sessionID, let expiresAt else { throw .missingMember }
        self.init(
            subject: subject, sessionID: sessionID, issuedAt: issuedAt, expiresAt: expiresAt,
            notBefore: notBefore)
    }

    /// The payload as JSON, members in the order `sub`, `email`, `tier`, `iat`, `exp`, `nbf`, `sid`,
    /// `role`; times that are absent are left out.
    func json(about person: Person) -> [UInt8] {
        var object = JSONObjectWriter()
        object.append("sub", subject.description)
        object.append("email", person.email)
        object.append("tier", person.tier)
        if let issuedAt { object.append("iat", issuedAt) }
        object.append("exp", expiresAt)
        if let notBefore { object.append("nbf", notBefore) }
        object.append("sid", sessionID.description)
        object.append("role", person.role)
        return object.finished()
    }
}
