/// The claims of a token (RFC 7519 §4.1), times in seconds since 1970.
public struct Claims: Sendable, Equatable {
    /// How far the clock of another server may be ahead when `iat` and `nbf` are checked, seconds.
    public static let leeway: Int64 = 30

    /// `sub`: the account.
    public var subject: String
    /// `email`: as it was when the token was made.
    public var email: String?
    /// `tier`: as it was when the token was made.
    public var tier: String?
    /// `role`: as it was when the token was made.
    public var role: String?
    /// `sid`: the session, by an id that is no credential.
    public var sessionID: String
    /// `iat`: when the token was made.
    public var issuedAt: Int64?
    /// `exp`: the first second in which the token no longer holds.
    public var expiresAt: Int64
    /// `nbf`: the first second in which the token holds.
    public var notBefore: Int64?

    /// Claims with the optional ones absent unless given.
    public init(
        subject: String, email: String? = nil, tier: String? = nil, role: String? = nil,
        sessionID: String, issuedAt: Int64? = nil, expiresAt: Int64, notBefore: Int64? = nil
    ) {
        self.subject = subject
        self.email = email
        self.tier = tier
        self.role = role
        self.sessionID = sessionID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.notBefore = notBefore
    }

    /// Checks the times against the clock.
    ///
    /// - Parameter now: Seconds since 1970.
    /// - Throws: `expired` from the second of `exp` on; `notYetValid` when `iat` or `nbf` is more
    ///   than the leeway ahead.
    func check(now: Int64) throws(TokenError) {
        guard now < expiresAt else { throw .expired }
        for start in [issuedAt, notBefore] {
            // What the reader accepts is far from the ends of Int64; saturation is for the rest.
            guard let start else { continue }
            let (earliest, overflow) = start.subtractingReportingOverflow(Self.leeway)
            guard overflow || earliest <= now else { throw .notYetValid }
        }
    }
}
