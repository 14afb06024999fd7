public import Auth
import Crypto

extension Credential {
    /// A credential; a passkey has a random handle and a name.
    public static func sample(
        _ kind: Kind, of account: Account, at time: Timestamp = .start, handle: [UInt8]? = nil
    ) -> Credential {
        Credential(
            id: .random(), accountID: account.id, kind: kind,
            handle: kind == .passkey ? handle ?? Random.bytes(32) : nil,
            name: kind == .passkey ? "Laptop" : nil, data: Random.bytes(40), createdAt: time)
    }
}

extension Challenge {
    /// A challenge.
    ///
    /// - Parameters:
    ///   - purpose: Its purpose.
    ///   - account: Its account; nil for none.
    ///   - time: When it was created.
    ///   - lifetime: In seconds.
    /// - Returns: The challenge, not stored.
    public static func sample(
        _ purpose: Purpose = .secondFactor, of account: Account?, at time: Timestamp = .start,
        lifetime: Int64 = 60
    ) -> Challenge {
        Challenge(
            hash: .random(), purpose: purpose, accountID: account?.id, createdAt: time,
            expiresAt: time.adding(seconds: lifetime))
    }
}

extension TrustedBrowser {
    /// A trusted browser.
    ///
    /// - Parameters:
    ///   - account: Its account.
    ///   - time: When it was created.
    ///   - lifetime: In seconds.
    /// - Returns: The browser, not stored.
    public static func sample(
        of account: Account, at time: Timestamp = .start, lifetime: Int64 = 60
    ) -> TrustedBrowser {
        TrustedBrowser(
            id: .random(), hash: .random(), accountID: account.id, createdAt: time,
            expiresAt: time.adding(seconds: lifetime), userAgent: "Firefox", address: "192.0.2.1")
    }
}

extension Store {
    /// Adds credentials in one transaction.
    public func add(_ credentials: [Credential]) throws(AuthError) {
        try write { transaction throws(AuthError) in
            for credential in credentials { try transaction.insert(credential) }
        }
    }

    /// Adds challenges in one transaction.
    public func add(_ challenges: [Challenge]) throws(AuthError) {
        try write { transaction throws(AuthError) in
            for challenge in challenges { try transaction.insert(challenge) }
        }
    }

    /// Adds trusted browsers in one transaction.
    public func add(_ browsers: [TrustedBrowser]) throws(AuthError) {
        try write { transaction throws(AuthError) in
            for browser in browsers { try transaction.insert(browser) }
        }
    }
}
