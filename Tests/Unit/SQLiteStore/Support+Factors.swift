import Crypto

@testable import Auth
@testable import SQLiteStore

extension Credential {
    /// A credential; a passkey has a random handle and a name.
    static func sample(
        _ kind: Kind, of account: Account, at time: Timestamp = .start, handle: [UInt8]? = nil
    ) -> Credential {
        Credential(
            id: .random(), accountID: account.id, kind: kind,
            handle: kind == .passkey ? handle ?? Random.bytes(32) : nil,
            name: kind == .passkey ? "Laptop" : nil, data: Random.bytes(40), createdAt: time)
    }
}

extension Challenge {
    static func sample(
        _ purpose: Purpose = .secondFactor, of account: Account?, at time: Timestamp = .start,
        lifetime: Int64 = 60
    ) -> Challenge {
        Challenge(
            hash: .random(), purpose: purpose, accountID: account?.id, createdAt: time,
            expiresAt: time.adding(seconds: lifetime))
    }
}

extension TrustedBrowser {
    static func sample(
        of account: Account, at time: Timestamp = .start, lifetime: Int64 = 60
    ) -> TrustedBrowser {
        TrustedBrowser(
            id: .random(), hash: .random(), accountID: account.id, createdAt: time,
            expiresAt: time.adding(seconds: lifetime), userAgent: "Firefox", address: "192.0.2.1")
    }
}

extension Store {
    /// Adds credentials.
    func add(_ credentials: [Credential]) throws(AuthError) {
        try write { transaction throws(AuthError) in
            for credential in credentials { try transaction.insert(credential) }
        }
    }

    /// Adds challenges.
    func add(_ challenges: [Challenge]) throws(AuthError) {
        try write { transaction throws(AuthError) in
            for challenge in challenges { try transaction.insert(challenge) }
        }
    }

    /// Adds trusted browsers.
    func add(_ browsers: [TrustedBrowser]) throws(AuthError) {
        try write { transaction throws(AuthError) in
            for browser in browsers { try transaction.insert(browser) }
        }
    }
}
