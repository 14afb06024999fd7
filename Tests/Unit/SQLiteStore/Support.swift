import Crypto
import System
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

extension TemporaryDirectory {
    /// The content of a file.
    func bytes(_ name: String) throws -> [UInt8] {
        try #require(try DurableFile.read("\(path)/\(name)", limit: 16 << 20))
    }
}

/// Checks a condition repeatedly until it is met; fails the test after 20 seconds.
func eventually(
    _ condition: () throws -> Bool, at location: SourceLocation = #_sourceLocation
) rethrows {
    if try !becomesTrue(condition) {
        Issue.record("the condition never held", sourceLocation: location)
    }
}

extension Cause {
    /// The cause of a store with which rules of the domain write: they record what they do.
    static let recorded = Cause(
        actor: .server, recorder: EventRecorder(vault: FactorVault([.random()])))
}

extension Timestamp {
    static let start = Timestamp(milliseconds: 1_700_000_000_000)
}

extension Digest {
    static func random() -> Digest { SHA256.digest(Random.bytes(32)) }
}

extension PasswordHash {
    static func sample() throws -> PasswordHash {
        try #require(PasswordHash(iterations: 1_000, salt: Random.bytes(16), key: .random()))
    }
}

extension Email {
    static func sample(_ text: String) throws -> Email { try #require(Email(text)) }
}

extension Account {
    static func sample(
        _ email: String = "ada@example.org", name: String = "Ada", role: Role = .user,
        status: Status = .active
    ) throws -> Account {
        Account(
            id: .random(), email: try .sample(email), name: name, tier: .free, role: role,
            status: status, createdAt: .start)
    }
}

extension Session {
    static func sample(
        of account: Account, at time: Timestamp = .start, lifetime: Int64 = 3_600
    ) -> Session {
        Session(
            id: .random(), tokenHash: .random(), accountID: account.id, createdAt: time,
            expiresAt: time.adding(seconds: lifetime), methods: .password, authenticatedAt: time)
    }
}

extension SetupRecord {
    static func sample(_ name: String) -> SetupRecord {
        SetupRecord(
            databaseName: name, websiteURL: Origin("https://example.org"),
            migrationType: .automatic, retentionPeriod: .standardRetention)
    }
}

extension Store {
    /// Adds an account with a random password hash.
    func add(_ account: Account) throws {
        let hash = try PasswordHash.sample()
        try write { transaction throws(AuthError) in
            try transaction.insert(account, passwordHash: hash)
        }
    }

    /// Adds a session.
    func add(_ session: Session) throws(AuthError) {
        try write { transaction throws(AuthError) in
            try transaction.insert(session, from: .commandLine)
        }
    }

    /// Updates an existing account.
    func update(_ account: Account) throws(AuthError) {
        try write { transaction throws(AuthError) in try transaction.change(account) }
    }
}

extension SetupStore {
    /// Sets the server up with a new owner.
    func setUp(_ name: String, email: String = "owner@example.org") throws {
        let owner = try Account.sample(email, role: .owner)
        try setUp(
            .sample(name), owner: owner, passwordHash: .sample(), session: .sample(of: owner),
            from: .commandLine, alongside: { _ in })
    }
}
