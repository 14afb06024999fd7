extension Claims {
    /// Reads a payload.
    ///
    /// Unknown members are checked for syntax and left aside.
    /// - Parameter payload: The decoded second part of a token whose MAC has been verified.
    /// - Throws: `badClaims` when it is not strict JSON, a member has the wrong type, or `sub`,
    ///   `sid` or `exp` is absent.
    init(payload: Span<UInt8>) throws(TokenError) {
        do {
            try self.init(members: payload)
        } catch {
            throw .badClaims
        }
    }

    private init(members input: Span<UInt8>) throws(JSONError) {
        var subject: String?
        var sessionID: String?
        var expiresAt: Int64?
        var optional = Claims(subject: "", sessionID: "", expiresAt: 0)
        var reader = JSONObjectReader()
        while let name = try reader.nextName(in: input) {
            switch name {
            case "sub": subject = try reader.string(in: input)
            case "email": optional.email = try reader.string(in: input)
            case "tier": optional.tier = try reader.string(in: input)
            case "iat": optional.issuedAt = try reader.integer(in: input)
            case "exp": expiresAt = try reader.integer(in: input)
            case "nbf": optional.notBefore = try reader.integer(in: input)
            case "sid": sessionID = try reader.string(in: input)
            case "role": optional.role = try reader.string(in: input)
            default: try reader.skipValue(in: input)
            }
        }
        guard let subject, let sessionID, let expiresAt else { throw .missingMember }
        self = optional
        self.subject = subject
        self.sessionID = sessionID
        self.expiresAt = expiresAt
    }

    /// The payload as JSON, members in the order `sub`, `email`, `tier`, `iat`, `exp`, `nbf`, `sid`,
    /// `role`; absent ones are left out.
    var json: [UInt8] {
        var object = JSONObjectWriter()
        object.append("sub", subject)
        if let email { object.append("email", email) }
        if let tier { object.append("tier", tier) }
        if let issuedAt { object.append("iat", issuedAt) }
        object.append("exp", expiresAt)
        if let notBefore { object.append("nbf", notBefore) }
        object.append("sid", sessionID)
        if let role { object.append("role", role) }
        return object.finished()
    }
}
