/// The claims this server acts on (RFC 7519 §4.1), times in seconds since 1970.
///
/// The other claims about a person are for other readers: they were true when the token was made,
/// and this server reads its store.
public struct Claims: Sendable, Equatable {
    /// How far the clock of another server may be ahead when `iat` and `nbf` are checked, seconds.
    public static let leeway: Int64 = 30

    /// `sub`: the account.
    public var subject: UUID
    /// `sid`: the session, by an id that is no credential.
    public var sessionID: UUID
    /// `iat`: when the token was made.
    public var issuedAt: Int64?
    /// `exp`: the first second in which the token is expired.
    public var expiresAt: Int64
    /// `nbf`: the first second in which the token is valid.
    public var notBefore: Int64?

    /// Claims with the optional ones absent unless given.
    public init(
        subject: UUID, sessionID: UUID, issuedAt: Int64? = nil, expiresAt: Int64,
        notBefore: Int64? = nil
    ) {
        self.subject = subject
        self.sessionID = sessionID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.notBefore = notBefore
    }

    /// The claims about the subject for other readers, as of when the token was made.
    public struct Person: Sendable, Equatable {
        /// `email`.
        public var email: String
        /// `tier`.
        public var tier: String
        /// `role`.
        public var role: String
        /// `auth_time` (OpenID Connect Core §2): when the person was last authenticated in the session, in
        /// seconds since 1970; nil leaves it out.
        public var authenticatedAt: Int64?
        /// `amr` (RFC 8176): by which methods; empty leaves it out.
        public var methods: [String]

        /// Creates the claims.
        public init(
            email: String, tier: String, role: String, authenticatedAt: Int64? = nil,
            methods: [String] = []
        ) {
            self.email = email
            self.tier = tier
            self.role = role
            self.authenticatedAt = authenticatedAt
            self.methods = methods
        }
    }

    /// Checks the times against the clock.
    ///
    /// - Parameter now: Seconds since 1970.
    /// - Throws: `expired` from the second of `exp` on; `notYetValid` when `iat` or `nbf` is more
    ///   than the leeway ahead.
    func check(now: Int64) throws(TokenError) {
        guard now < expiresAt else { throw .expired }
        // No time from a token is near the ends of Int64, but the sum with `now` must not trap.
        let (ahead, overflow) = now.addingReportingOverflow(Self.leeway)
        let latest = overflow ? Int64.max : ahead
        if let issuedAt, issuedAt > latest { throw .notYetValid }
        if let notBefore, notBefore > latest { throw .notYetValid }
    }
}
