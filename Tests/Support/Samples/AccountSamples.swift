public import Crypto

@testable public import Auth

/// A sample that its own type refuses.
public struct InvalidSample: Error {}

extension Cause {
    /// The cause of a store with which rules of the domain write: they record what they do.
    public static let recorded = Cause(
        actor: .server, recorder: EventRecorder(vault: FactorVault([.random()])))
}

extension Timestamp {
    /// The initial time of every clock.
    public static let start = TestClock.start
}

extension Digest {
    /// The digest of a random text.
    public static func random() -> Digest { SHA256.digest(Random.bytes(32)) }
}

extension PasswordHash {
    /// The hash of no password.
    ///
    /// - Throws: Never.
    public static func sample() throws -> PasswordHash {
        let hash = PasswordHash(iterations: 1_000, salt: Random.bytes(16), key: .random())
        guard let hash else { throw InvalidSample() }
        return hash
    }
}

extension Email {
    /// An address.
    ///
    /// - Throws: `InvalidSample`.
    public static func sample(_ text: String) throws -> Email {
        guard let email = Email(text) else { throw InvalidSample() }
        return email
    }
}

extension Account {
    /// An account without a tier.
    ///
    /// - Throws: `InvalidSample`.
    public static func sample(
        _ email: String = "ada@example.org", name: String = "Ada", role: Role = .user,
        status: Status = .active
    ) throws -> Account {
        Account(
            id: .random(), email: try .sample(email), name: name, tier: .free, role: role,
            status: status, createdAt: .start)
    }
}

extension Session {
    /// A session begun with a password.
    ///
    /// - Parameters:
    ///   - account: Its account.
    ///   - time: When it began.
    ///   - lifetime: In seconds.
    /// - Returns: The session, not stored.
    public static func sample(
        of account: Account, at time: Timestamp = .start, lifetime: Int64 = 3_600
    ) -> Session {
        Session(
            id: .random(), tokenHash: .random(), accountID: account.id, createdAt: time,
            expiresAt: time.adding(seconds: lifetime), methods: .password, authenticatedAt: time)
    }
}

extension SetupRecord {
    /// What setup decides for a database of this name.
    public static func sample(_ name: String) -> SetupRecord {
        SetupRecord(
            databaseName: name, websiteURL: Origin("https://example.org"),
            migrationType: .automatic, retentionPeriod: .standardRetention)
    }
}

extension Store {
    /// Adds an account with a random password hash.
    ///
    /// - Throws: What the store throws.
    public func add(_ account: Account) throws {
        let hash = try PasswordHash.sample()
        try write { transaction throws(AuthError) in
            try transaction.insert(account, passwordHash: hash)
        }
    }

    /// Adds a session.
    public func add(_ session: Session) throws(AuthError) {
        try write { transaction throws(AuthError) in
            try transaction.insert(session, from: .commandLine)
        }
    }

    /// Updates an existing account.
    public func update(_ account: Account) throws(AuthError) {
        try write { transaction throws(AuthError) in try transaction.change(account) }
    }
}

extension SetupStore {
    /// Sets the server up with a new owner.
    ///
    /// - Throws: What the store throws.
    public func setUp(_ name: String, email: String = "owner@example.org") throws {
        let owner = try Account.sample(email, role: .owner)
        try setUp(
            .sample(name), owner: owner, passwordHash: .sample(), session: .sample(of: owner),
            from: .commandLine, alongside: { _ in })
    }
}
