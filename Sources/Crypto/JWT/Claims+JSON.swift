import JSON

extension Claims {
    private enum Member: String, CaseIterable { case sub, email, tier, iat, exp, nbf, sid, role }
    private static let members = JSONMembers<Member>()

    /// Reads a payload.
    ///
    /// Unknown members are checked for syntax and left aside.
    /// - Parameter payload: The decoded second part of a token whose MAC has been verified.
    /// - Throws: `badClaims` when it is not strict JSON, a member has the wrong form, or `sub`,
    ///   `sid` or `exp` is absent.
    init(payload: Span<UInt8>) throws(TokenError) {
        var (subject, sessionID): (UUID?, UUID?)
        var (issuedAt, expiresAt, notBefore): (Int64?, Int64?, Int64?)
        do throws(JSONError) {
            var reader = JSONObjectReader()
            while let member = try reader.nextMember(of: Self.members, in: payload) {
                switch member {
                case .sub: subject = try reader.uuid(in: payload)
                case .sid: sessionID = try reader.uuid(in: payload)
                case .email, .tier, .role: try reader.skipString(in: payload)
                case .iat: issuedAt = try reader.integer(in: payload)
                case .exp: expiresAt = try reader.integer(in: payload)
                case .nbf: notBefore = try reader.integer(in: payload)
                }
            }
        } catch {
            throw .badClaims
        }
        guard let subject, let sessionID, let expiresAt else { throw .badClaims }
        self.init(
            subject: subject, sessionID: sessionID, issuedAt: issuedAt, expiresAt: expiresAt,
            notBefore: notBefore)
    }

    /// The payload as JSON, members in the order `sub`, `email`, `tier`, `iat`, `exp`, `nbf`, `sid`,
    /// `role`, `auth_time`, `amr`; what is absent is left out.
    func json(about person: Person) -> [UInt8] {
        var object = JSONObject(capacity: 256)
        object.add("sub", .string(subject.description))
        object.add("email", .string(person.email))
        object.add("tier", .string(person.tier))
        if let issuedAt { object.add("iat", .integer(issuedAt)) }
        object.add("exp", .integer(expiresAt))
        if let notBefore { object.add("nbf", .integer(notBefore)) }
        object.add("sid", .string(sessionID.description))
        object.add("role", .string(person.role))
        if let time = person.authenticatedAt { object.add("auth_time", .integer(time)) }
        if !person.methods.isEmpty {
            object.add("amr", .array(person.methods.map { .string($0) }))
        }
        return object.encoded()
    }
}

extension JSONObjectReader {
    /// The value as a UUID.
    fileprivate mutating func uuid(in input: Span<UInt8>) throws(JSONError) -> UUID? {
        if let text = plainString(in: input) { return UUID(parsing: input.extracting(text)) }
        // Written with escapes.
        return UUID(parsing: try string(in: input).utf8)
    }
}
