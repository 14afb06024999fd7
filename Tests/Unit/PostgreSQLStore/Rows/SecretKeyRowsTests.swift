import Auth
import StoreSupport
import Synchronization
import TestSupport
import Testing

@testable import PostgreSQLStore

/// The secret keys that daemons share through their database.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct SecretKeyRowsTests {
    private let shared: SharedDatabase

    init() throws {
        shared = try SharedDatabase()
    }

    private func key(_ number: Int64, _ octet: UInt8 = 0) -> SealedSecretKey {
        SealedSecretKey(
            number: number, sealed: [octet], signsAt: Timestamp(milliseconds: number * 1_000))
    }

    @Test func `of two that are added under one number the first stays`() throws {
        let (first, second) = (try shared.command(), try shared.command())
        #expect(try first.add(key(1, 7)))
        #expect(try !second.add(key(1, 8)))
        #expect(try second.add(key(2)))
        #expect(try first.secretKeys() == [key(1, 7), key(2)])
        try second.reseal([key(2, 9)])
        #expect(try first.secretKeys() == [key(1, 7), key(2, 9)])
        try first.removeSecretKeys([1, 5])
        #expect(try second.secretKeys() == [key(2, 9)])
        #expect(try PostgreSQLStorage.inspect(shared.configuration()).secretKeys == [key(2, 9)])
    }

    @Test func `a daemon learns of what another or a command has changed`() throws {
        let found = Found()
        let daemon = try shared.daemon {
            $0.background?.onSecretKeys = { found.set($0) }
        }
        let (other, command) = (try shared.daemon(), try shared.command())
        #expect(try other.add(key(1)))
        #expect(becomesTrue { found.keys == [key(1)] })
        #expect(try command.add(key(2)))
        #expect(becomesTrue { found.keys == [key(1), key(2)] })
        for storage in [daemon, other] { storage.close() }
    }
}

/// What a daemon was told last.
private final class Found: Sendable {
    private let last = Mutex([SealedSecretKey]())

    var keys: [SealedSecretKey] { last.withLock { $0 } }

    func set(_ keys: [SealedSecretKey]) { last.withLock { $0 = keys } }
}
