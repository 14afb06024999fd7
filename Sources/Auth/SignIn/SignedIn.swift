import Crypto

/// An account with a new session, and the credentials for its client.
public struct SignedIn: Sendable {
    /// The account.
    public let account: Account
    /// The cookie's value, 43 URL-safe characters: returned once, never stored.
    public let sessionToken: String
    /// The JWT of the same session.
    public let accessToken: String
    /// The lifetime of the cookie in seconds.
    public let lifetime: Int64
    /// The value of the device cookie, by which the account recognises this client; nil where it is not
    /// set again.
    public let deviceToken: String?
    /// What makes this browser a trusted one; nil where it does not become one.
    public var trust: TrustToken?
    /// How many recovery codes are left, after one was used; nil otherwise.
    public var recoveryCodesLeft: Int?
    /// Whether this browser may now offer to add a passkey.
    public var mayOfferPasskey = false
}

/// The cookie of a browser that is trusted from now on.
public struct TrustToken: Sendable, Equatable {
    /// Its value, 43 URL-safe characters: returned once, never stored.
    public let value: String
    /// Its lifetime in seconds.
    public let lifetime: Int64

    /// A cookie from its parts.
    public init(value: String, lifetime: Int64) {
        self.value = value
        self.lifetime = lifetime
    }
}

/// A session to be stored, with the secret that only its client will have.
struct NewSession: Sendable {
    let session: Session
    let token: String

    /// The same session, once its proofs are known.
    ///
    /// - Parameters:
    ///   - methods: How the person was authenticated.
    ///   - hasFactor: Whether a second factor is among them.
    /// - Returns: The session.
    func proven(by methods: AuthenticationMethods, hasFactor: Bool) -> NewSession {
        NewSession(
            session: Session(
                id: session.id, tokenHash: session.tokenHash, accountID: session.accountID,
                createdAt: session.createdAt, expiresAt: session.expiresAt, methods: methods,
                authenticatedAt: session.createdAt, factorAt: hasFactor ? session.createdAt : nil),
            token: token)
    }
}

extension AuthContext {
    /// Creates a session authenticated by password; it begins when a transaction inserts it.
    func newSession(of accountID: UUID) -> NewSession {
        let secret = Random.bytes(32)
        let began = now()
        let session = Session(
            id: .random(), tokenHash: SHA256.digest(secret), accountID: accountID,
            createdAt: began, expiresAt: sessionEnd(from: began, begunAt: began),
            methods: .password, authenticatedAt: began)
        return NewSession(session: session, token: Base64URL.encode(secret))
    }

    /// The credentials for the client of a stored session.
    ///
    /// - Parameters:
    ///   - account: The account that signed in.
    ///   - new: The session.
    ///   - password: The stored hash of the password that the client entered; nil for a sign-in without
    ///     one, which makes no device known: devices are trusted with guesses at a password.
    ///   - client: The client, which the account recognises from now on.
    /// - Returns: The account and all credentials.
    func signedIn(
        _ account: Account, by new: NewSession, knowing password: PasswordHash?,
        from client: ClientContext
    ) -> SignedIn {
        let issuedAt = new.session.createdAt.seconds
        let lifetime = new.session.expiresAt.seconds - issuedAt
        // Services that verify tokens check nothing but their times: none may outlive its session.
        let token = accessToken(
            of: account, in: new.session, from: issuedAt,
            until: issuedAt + min(rules.tokenLifetime, lifetime))
        return SignedIn(
            account: account, sessionToken: new.token, accessToken: token,
            lifetime: lifetime,
            deviceToken: password.map { password in
                throttle.devices.token(
                    for: account.id, knowing: password, former: client.device,
                    at: new.session.createdAt)
            })
    }

    /// The JWT of a session, which states the current account; times in seconds since 1970.
    func accessToken(
        of account: Account, in session: Session, from issuedAt: Int64, until expiresAt: Int64
    ) -> String {
        let claims = Claims(
            subject: account.id, sessionID: session.id, issuedAt: issuedAt, expiresAt: expiresAt)
        let person = Claims.Person(
            email: account.email.address, tier: account.tier.rawValue, role: account.role.rawValue,
            authenticatedAt: session.authenticatedAt.seconds,
            methods: session.methods.references)
        return tokens.sign(claims, about: person)
    }
}
