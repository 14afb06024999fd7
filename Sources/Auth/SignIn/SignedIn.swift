import Crypto

/// An account that has just been given a session, with what its client keeps.
public struct SignedIn: Sendable {
    /// The account.
    public let account: Account
    /// The cookie's value, 43 URL-safe characters: shown once, never stored.
    public let sessionToken: String
    /// The JWT of the same session.
    public let accessToken: String
    /// Seconds for which the cookie is good.
    public let lifetime: Int64
    /// The value of the cookie by which the account knows this client from now on.
    public let deviceToken: String
}

/// A session that is about to be stored, with the secret that only its client will know.
struct NewSession {
    let session: Session
    let token: String
}

extension AuthContext {
    /// Makes a session for somebody who gave the password; it begins when a transaction inserts it.
    func newSession(of accountID: UUID) -> NewSession {
        let secret = Random.bytes(32)
        let began = now()
        let session = Session(
            id: .random(), tokenHash: SHA256.digest(secret), accountID: accountID,
            createdAt: began, expiresAt: sessionEnd(from: began, begunAt: began),
            methods: .password, authenticatedAt: began)
        return NewSession(session: session, token: Base64URL.encode(secret))
    }

    /// What the client of a stored session is handed.
    ///
    /// - Parameters:
    ///   - account: Who signed in.
    ///   - new: The session.
    ///   - password: The stored password, which the client knew.
    ///   - client: Which is known to the account from now on.
    /// - Returns: All of it.
    func signedIn(
        _ account: Account, by new: NewSession, knowing password: PasswordHash,
        from client: ClientContext
    ) -> SignedIn {
        let issuedAt = new.session.createdAt.seconds
        let lifetime = new.session.expiresAt.seconds - issuedAt
        // Who verifies tokens elsewhere looks at nothing but their times: none outlives its session.
        let token = accessToken(
            of: account, in: new.session.id, from: issuedAt,
            until: issuedAt + min(rules.tokenLifetime, lifetime))
        return SignedIn(
            account: account, sessionToken: new.token, accessToken: token,
            lifetime: lifetime,
            deviceToken: throttle.devices.token(
                for: account.id, knowing: password, former: client.device,
                at: new.session.createdAt))
    }

    /// The JWT of a session, which says what the account is at present; times in seconds since 1970.
    func accessToken(
        of account: Account, in sessionID: UUID, from issuedAt: Int64, until expiresAt: Int64
    ) -> String {
        let claims = Claims(
            subject: account.id, sessionID: sessionID, issuedAt: issuedAt, expiresAt: expiresAt)
        let person = Claims.Person(
            email: account.email.address, tier: account.tier.rawValue, role: account.role.rawValue)
        return tokens.sign(claims, about: person)
    }
}
