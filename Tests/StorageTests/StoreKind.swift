import Auth
import Crypto
import Testing

@testable import Storage

/// A way to keep what the domain asks to keep.
///
/// The conformance tests run against every one.
struct StoreKind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Opens an empty one.
    let open: @Sendable () throws -> StoreUnderTest

    static let all = [
        StoreKind(testDescription: "SQLite") {
            let fixture = try Fixture()
            return StoreUnderTest(
                clock: fixture.clock, store: { fixture.store() },
                invite: { try fixture.otherProcess().add($0) })
        },
        StoreKind(testDescription: "SQLite without caches") {
            let fixture = try Fixture(cached: 0)
            return StoreUnderTest(
                clock: fixture.clock, store: { fixture.store() },
                invite: { try fixture.otherProcess().add($0) })
        },
    ]
}

/// An open store.
struct StoreUnderTest: Sendable {
    /// The time it goes by.
    let clock: TestClock
    /// A store for the calling thread.
    let store: @Sendable () -> any Store
    /// Adds an invitation.
    let invite: @Sendable (InviteSample) throws -> Void
}

/// An invitation as somebody with the right to invite would have made it.
struct InviteSample: Sendable {
    var codeHash = Digest.random()
    var email: String?
    var maximumUses: Int64 = 1
    var isPaused = false
    var expiresAt = Timestamp.start.adding(seconds: 60)
}

extension Database {
    func add(_ invite: InviteSample) throws {
        try execute(
            """
            INSERT INTO invites
                (id, code_hash, email, role, tier, max_uses, paused, created_at, expires_at)
            VALUES (?, ?, ?, 'member', 'team', ?, ?, ?, ?)
            """, .id(.random()), .digest(invite.codeHash), invite.email.map { .text($0) } ?? .null,
            .integer(invite.maximumUses), .integer(invite.isPaused ? 1 : 0), .time(.start),
            .time(invite.expiresAt))
    }
}
