import Crypto
import StoreSupport
import Synchronization
import TestSupport
import Testing

@testable import Auth
@testable import lunauth

/// What the daemons of one database share, in memory.
private final class Table: SecretKeyTable {
    private let keys = Mutex([SealedSecretKey]())

    func secretKeys() -> [SealedSecretKey] { keys.withLock { $0 } }

    func add(_ key: SealedSecretKey) -> Bool {
        keys.withLock { keys in
            guard !keys.contains(where: { $0.number == key.number }) else { return false }
            keys.append(key)
            return true
        }
    }

    func reseal(_ new: [SealedSecretKey]) {
        keys.withLock { keys in
            keys = keys.map { key in new.first { $0.number == key.number } ?? key }
        }
    }

    func removeSecretKeys(_ numbers: [Int64]) {
        keys.withLock { keys in keys.removeAll { numbers.contains($0.number) } }
    }
}

@Suite struct SharedSecretKeysTests {
    private static let time = Timestamp(milliseconds: 1_700_000_000_000)
    private static let digits = ["5a", "6b"].map { String(repeating: $0, count: 31) + "07" }
    private let directory: TemporaryDirectory
    private let table = Table()

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// The keys of a daemon whose tokens are good for an hour.
    private func keys(_ digits: String, former: String? = nil) throws -> SecretKeys {
        var environment = [
            "LUNAUTH_DATADIRECTORY": directory.path, "LUNAUTH_TOKEN_LIFETIMESECONDS": "3600",
            "LUNAUTH_SECRET_KEY": digits,
        ]
        environment["LUNAUTH_FORMER_SECRET_KEY"] = former
        let layers = try layered(environment: environment)
        return SecretKeys(
            LoadedConfiguration(layers: layers, values: try layers.checked(), setup: nil))
    }

    private func daemon(_ digits: String = digits[0], former: String? = nil) throws -> SecretKeys {
        let keys = try keys(digits, former: former)
        try keys.join(table)
        return keys
    }

    @Test func `the first key that daemons share is the one that they were given`() throws {
        let alone = try keys(Self.digits[0]).ring(at: Self.time).kids
        let daemons = [try daemon(), try daemon()]
        #expect(table.secretKeys().map(\.number) == [1])
        for daemon in daemons {
            #expect(try daemon.ring(at: Self.time).kids == alone)
            #expect(try daemon.deviceKeys(at: Self.time).count == 1)
            #expect(try daemon.sealingKeys(at: Self.time).count == 1)
        }
    }

    @Test func `a daemon with another key is refused, and told what to do`() throws {
        _ = try daemon()
        let other = try keys(Self.digits[1])
        let error = #expect(throws: SecretKeyError.self) { try other.join(table) }
        #expect(error?.description.contains("LUNAUTH_FORMER_SECRET_KEY") == true)
        #expect(throws: SecretKeyError.self) { try other.requireFit(table.secretKeys()) }
        #expect(table.secretKeys().count == 1)
    }

    @Test func `a new key is known before it signs, and the old one verifies for its time`() throws
    {
        let (first, second) = (try daemon(), try daemon())
        let old = try #require(try first.ring(at: Self.time).kids.first)
        try first.add(to: table, at: Self.time, signingIn: 10)
        #expect(try second.ring(at: Self.time).kids == [old], "it has not learnt of it")
        try second.take(table.secretKeys())
        for keys in [first, second] {
            let before = try keys.ring(at: Self.time.adding(seconds: 9)).kids
            #expect(before.count == 2 && before.first == old)
            let after = try keys.ring(at: Self.time.adding(seconds: 10)).kids
            #expect(Array(after.reversed()) == before)
            #expect(try keys.ring(at: Self.time.adding(seconds: 3_609)).kids.count == 2)
            #expect(try keys.ring(at: Self.time.adding(seconds: 3_610)).kids.count == 1)
            #expect(
                try keys.fingerprint(at: Self.time)
                    != keys.fingerprint(at: Self.time.adding(seconds: 10)))
        }
        #expect(table.secretKeys().count == 2)
        try first.add(to: table, at: Self.time.adding(seconds: 3_610), signingIn: 10)
        #expect(table.secretKeys().map(\.number) == [2, 3], "the first is of no use any more")
    }

    @Test func `of a leaked key nothing is left`() throws {
        let daemon = try daemon()
        let old = try #require(try daemon.ring(at: Self.time).kids.first)
        try daemon.add(to: table, at: Self.time, signingIn: 0)
        #expect(try daemon.ring(at: Self.time).kids.last == old)
        try daemon.removeFormer(in: table)
        let kids = try daemon.ring(at: Self.time).kids
        #expect(kids.count == 1 && kids.first != old)
    }

    @Test func `daemons are given another secret key one after the other`() throws {
        let old = try daemon()
        try old.add(to: table, at: Self.time, signingIn: 0)
        let kids = try old.ring(at: Self.time).kids
        let next = try daemon(Self.digits[1], former: Self.digits[0])
        #expect(try next.ring(at: Self.time).kids == kids)
        try next.reseal(in: table)
        #expect(throws: SecretKeyError.self) { try old.take(table.secretKeys()) }
        #expect(try old.ring(at: Self.time).kids == kids, "those in use stay")
        #expect(try daemon(Self.digits[1]).ring(at: Self.time).kids == kids)
    }

    @Test func `without shared keys nothing changes`() throws {
        let keys = try keys(Self.digits[0])
        let kids = try keys.ring(at: Self.time).kids
        try keys.join(nil)
        try keys.take([])
        #expect(try keys.ring(at: Self.time).kids == kids)
        #expect(try keys.fingerprint(at: Self.time) == [])
    }
}
