public import Auth
public import Crypto

extension MemoryStore {
    /// See the protocol; fails as the condition requires.
    public func credentials(of accountID: UUID) throws(AuthError) -> [Credential] {
        try read { memory in memory.factors(of: accountID) }
    }

    /// See the protocol; fails as the condition requires.
    public func dataKey() throws(AuthError) -> [UInt8]? { try read { memory in memory.dataKey } }

    /// See the protocol; fails as the condition requires.
    public func passkey(_ handle: [UInt8]) throws(AuthError) -> Credential? {
        try read { memory in memory.factors.first { $0.handle == handle } }
    }

    /// See the protocol; fails as the condition requires.
    public func challenge(
        _ hash: Digest, for purpose: Challenge.Purpose, at time: Timestamp
    ) throws(AuthError) -> Challenge? {
        try read { memory in
            memory.challenge(hash, for: purpose).flatMap { $0.expiresAt > time ? $0 : nil }
        }
    }

    /// See the protocol; fails as the condition requires.
    public func trustedBrowsers(
        of accountID: UUID, at time: Timestamp
    ) throws(AuthError) -> [TrustedBrowser] {
        try read { memory in
            memory.trustedBrowsers.filter { $0.accountID == accountID && $0.expiresAt > time }
                .sorted { $0.isOlder(than: $1) }.reversed()
        }
    }
}

extension TrustedBrowser {
    /// Whether it comes before another by age and id.
    func isOlder(than other: TrustedBrowser) -> Bool {
        (createdAt, id.high, id.low) < (other.createdAt, other.id.high, other.id.low)
    }
}
