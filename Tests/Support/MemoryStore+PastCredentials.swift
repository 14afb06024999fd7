public import Auth
public import Crypto

extension MemoryStore {
    /// See the protocol; fails as the condition requires.
    public func pastSession(_ key: Session.Key) throws(AuthError) -> PastCredential? {
        try read { memory in
            memory.sessions.first { $0.has(key) }.map {
                PastCredential(
                    id: $0.session.id, accountID: $0.session.accountID,
                    expiresAt: $0.session.expiresAt, endedAt: $0.endedAt)
            }
        }
    }

    /// See the protocol; fails as the condition requires.
    public func pastAPIKey(_ hash: Digest) throws(AuthError) -> PastCredential? {
        try read { memory in
            memory.apiKeys.first { $0.hash == hash }.map {
                PastCredential(
                    id: $0.details.key.id, accountID: $0.details.key.accountID,
                    expiresAt: $0.details.key.expiresAt, endedAt: $0.revokedAt)
            }
        }
    }
}
