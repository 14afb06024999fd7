import Auth
import Crypto
import TestSupport
import Testing

@testable import SQLiteStore

/// An implementation of the store protocols.
///
/// The conformance tests run against every kind.
struct StoreKind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let make: @Sendable (IdleLimit?) throws -> StoreUnderTest

    private init(
        testDescription: String, _ make: @escaping @Sendable (IdleLimit?) throws -> StoreUnderTest
    ) {
        self.testDescription = testDescription
        self.make = make
    }

    /// Opens an empty store.
    func open(_ idleLimit: IdleLimit? = nil) throws -> StoreUnderTest { try make(idleLimit) }

    /// The kinds that the daemon uses.
    static let sqlite = [
        StoreKind(testDescription: "SQLite") {
            let fixture = try Fixture(idleLimit: $0)
            return StoreUnderTest(clock: fixture.clock, store: { fixture.store() })
        },
        StoreKind(testDescription: "SQLite without caches") {
            let fixture = try Fixture(cached: 0, idleLimit: $0)
            return StoreUnderTest(clock: fixture.clock, store: { fixture.store() })
        },
    ]

    /// All kinds.
    static let all =
        sqlite + [
            StoreKind(testDescription: "in memory, for the tests of other modules") { idleLimit in
                let clock = TestClock()
                let store = MemoryStore(
                    clock: clock, profile: { Array("profile of \($0.name)".utf8) })
                store.idleLimit = idleLimit
                store.cause = .recorded
                return StoreUnderTest(clock: clock, store: { store })
            }
        ]
}

/// An open store.
struct StoreUnderTest: Sendable {
    /// The clock of the store.
    let clock: TestClock
    /// A store for the calling thread.
    let store: @Sendable () -> any ServerStore
}

/// An invite with the hash of its code.
struct InviteSample: Sendable {
    var codeHash = Digest.random()
    var invite: Invite

    init(
        email: String? = nil, maximumUses: Int = 1, isPaused: Bool = false,
        createdBy: UUID? = nil, createdAt: Timestamp = .start,
        expiresAt: Timestamp = .start.adding(seconds: 60), madeWith key: UUID? = nil
    ) {
        invite = Invite(
            id: .random(), email: email.flatMap(Email.init), role: .member, tier: .team,
            maximumUses: maximumUses, isPaused: isPaused, createdBy: createdBy,
            createdAt: createdAt,
            expiresAt: expiresAt, madeWith: key)
    }
}

extension Store {
    /// Adds an invite.
    func add(_ sample: InviteSample) throws(AuthError) {
        try write { transaction throws(AuthError) in
            try transaction.insert(sample.invite, codeHash: sample.codeHash)
        }
    }
}
