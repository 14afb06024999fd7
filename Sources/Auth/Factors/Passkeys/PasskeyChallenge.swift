import Crypto

/// The challenges of ceremonies (WebAuthn Level 3 §13.4.3): random, stored hashed, and used up by the first response,
/// right or wrong.
enum PasskeyChallenge {
    /// Random bytes.
    static let count = 32
    /// How long it may be answered, in seconds.
    static let lifetime = Challenge.Purpose.passkeyProof.lifetime

    /// A challenge to be stored.
    ///
    /// - Parameters:
    ///   - bytes: What the browser is sent.
    ///   - purpose: One of the three ceremonies.
    ///   - accountID: The account; nil where the passkey names it.
    ///   - sessionID: The session in which it was begun; nil for none.
    ///   - binding: The session or sign-in that alone may go on; empty for none.
    ///   - time: Now.
    /// - Returns: The challenge.
    static func new(
        _ bytes: [UInt8], for purpose: Challenge.Purpose, of accountID: UUID?,
        in sessionID: UUID? = nil, boundTo binding: [UInt8] = [], at time: Timestamp
    ) -> Challenge {
        Challenge(
            hash: SHA256.digest(bytes), purpose: purpose, accountID: accountID,
            sessionID: sessionID, data: binding, createdAt: time,
            expiresAt: time.adding(seconds: purpose.lifetime))
    }
}

extension Transaction {
    /// Uses up the challenge of a ceremony.
    ///
    /// - Parameters:
    ///   - bytes: The challenge, as the client data have it.
    ///   - purpose: The ceremony.
    ///   - accountID: The account; nil where the passkey names it.
    ///   - binding: As for `PasskeyChallenge.new`.
    /// - Throws: `invalidChallenge` when there is none, it has expired, or was made for something else.
    func takePasskeyChallenge(
        _ bytes: [UInt8], for purpose: Challenge.Purpose, of accountID: UUID?,
        boundTo binding: [UInt8] = []
    ) throws(AuthError) {
        guard let challenge = try challenge(SHA256.digest(bytes), for: purpose),
            challenge.accountID == accountID, challenge.data == binding,
            now < challenge.expiresAt, try deleteChallenge(challenge.hash)
        else { throw .invalidChallenge(.challengeUnknown) }
    }
}
