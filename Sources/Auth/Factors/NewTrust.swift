import Crypto

/// A browser that is about to be trusted, with the secret that only it will have.
struct NewTrust: Sendable {
    /// Its cookie.
    let token: TrustToken
    private let id = UUID.random()
    private let hash: Digest
    private let former: Digest?
    private let client: ClientContext

    /// Creates the trust; nil where browsers are never trusted.
    init?(_ context: AuthContext, by client: SignInClient) {
        let lifetime = context.rules.trustLifetime
        guard lifetime > 0 else { return nil }
        let secret = Random.bytes(32)
        token = TrustToken(value: Base64URL.encode(secret), lifetime: lifetime)
        hash = SHA256.digest(secret)
        former = client.trustCookie.flatMap(AuthContext.hash(ofCookie:))
        self.client = client.client
    }

    /// Stores it for an account, in place of what the account had for the same browser.
    func begin(for accountID: UUID, in transaction: any Transaction) throws(AuthError) {
        let present = try former.flatMap { hash throws(AuthError) in
            try transaction.trustedBrowser(hash, of: accountID)
        }
        try transaction.trust(
            TrustedBrowser(
                id: id, hash: hash, accountID: accountID, createdAt: transaction.now,
                expiresAt: transaction.now.adding(seconds: token.lifetime),
                userAgent: client.userAgent, address: client.address),
            replacing: present?.id)
    }
}
