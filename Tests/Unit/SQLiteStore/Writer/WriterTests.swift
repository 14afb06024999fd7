import Crypto
import System
import Synchronization
import TestSupport
import Testing

@testable import Auth
@testable import SQLiteStore

struct WriterTests {
    /// Blocks the writer, queues `count` writes in order, and returns the result of each.
    private func group(
        of count: Int, in fixture: Fixture,
        _ work: @escaping @Sendable (Int, any Transaction) throws(AuthError) -> Void
    ) throws -> [AuthError?] {
        let gate = Checkpoint()
        let blocker = try Thread {
            _ = failure { () throws(AuthError) in try fixture.store().write { _ in gate.pass() } }
        }
        gate.waitUntilReached()
        let outcomes = Mutex<[Int: AuthError?]>([:])
        let shared = Shared(outcomes)
        let threads = try (0..<count).map { index in
            let thread = try Thread {
                let outcome = failure { () throws(AuthError) in
                    try fixture.store().write { transaction throws(AuthError) in
                        try work(index, transaction)
                    }
                }
                shared.value.withLock { $0[index] = outcome }
            }
            eventually { fixture.queued == index + 1 }
            return thread
        }
        gate.open()
        for thread in [blocker] + threads { thread.join() }
        return try (0..<count).map { index in
            try #require(shared.value.withLock { $0[index] })
        }
    }

    private final class Shared: Sendable {
        let value: Mutex<[Int: AuthError?]>

        init(_ value: consuming sending Mutex<[Int: AuthError?]>) {
            self.value = value
        }
    }

    private func rename(
        _ id: UUID, _ name: String, in transaction: any Transaction
    ) throws(AuthError) {
        guard var account = try transaction.credential(id)?.account else { throw .forbidden }
        account.name = name
        try transaction.change(account)
    }

    @Test(arguments: [(20, 1), (64, 1), (65, 2), (130, 3)])
    func `queued writes share transactions of at most 64`(count: Int, groups: Int) throws {
        let fixture = try Fixture()
        let before = fixture.commits
        let outcomes = try group(of: count, in: fixture) { _, transaction throws(AuthError) in
            try transaction.save(Settings())
        }
        #expect(outcomes.allSatisfy { $0 == nil })
        #expect(fixture.commits - before == groups + 1)
    }

    @Test func `a write that fails does not affect the others of its group`() throws {
        let fixture = try Fixture()
        let account = try Account.sample()
        try fixture.store().add(account)
        let outcomes = try group(of: 5, in: fixture) { index, transaction throws(AuthError) in
            let number = (try transaction.credential(account.id)?.account.name ?? "") + "\(index)"
            try rename(account.id, number, in: transaction)
            if index == 1 { throw .forbidden }
            if index == 3 {
                try transaction.insert(
                    Session.sample(
                        of: Account(
                            id: .random(), email: account.email, name: "", tier: .free, role: .user,
                            status: .active, createdAt: .start)), from: .commandLine)
            }
        }
        #expect(outcomes[1] == .forbidden)
        #expect(outcomes[3]?.fault?.contains("SQLITE_CONSTRAINT_FOREIGNKEY") == true)
        #expect([0, 2, 4].allSatisfy { outcomes[$0] == nil })
        #expect(try fixture.store().account(account.id)?.account.name == "Ada024")
    }

    @Test func `a full disk fails every write of the group and is temporary`() throws {
        let fixture = try Fixture()
        let account = try Account.sample()
        try fixture.store().add(account)
        let long = String(repeating: "x", count: 100_000)
        let outcomes = try group(of: 3, in: fixture) { index, transaction throws(AuthError) in
            if index == 1 {
                try limitPages(to: 1, in: transaction)
                try rename(account.id, long, in: transaction)
            } else {
                try rename(account.id, "Grace", in: transaction)
            }
        }
        for outcome in outcomes { #expect(outcome?.fault?.contains("SQLITE_FULL") == true) }
        let store = fixture.store()
        #expect(try store.account(account.id)?.account.name == "Ada")
        try store.write { transaction throws(AuthError) in
            try limitPages(to: 100_000, in: transaction)
            try rename(account.id, long, in: transaction)
        }
        #expect(try store.account(account.id)?.account.name == long)
    }

    private func limitPages(
        to count: Int, in transaction: any Transaction
    ) throws(AuthError) {
        guard let transaction = transaction as? SQLiteTransaction else { throw .forbidden }
        try reportingFaults(transaction.database.execute("PRAGMA max_page_count = \(count)"))
    }

    @Test func `work that continues after an error is not committed`() throws {
        let fixture = try Fixture()
        let (store, stranger) = (fixture.store(), try Account.sample())
        let error = #expect(throws: AuthError.self) {
            try store.write { transaction throws(AuthError) in
                _ = failure { () throws(AuthError) in
                    try transaction.insert(Session.sample(of: stranger), from: .commandLine)
                }
                var settings = Settings()
                settings.register = false
                try transaction.save(settings)
            }
        }
        #expect(error?.fault?.contains("FOREIGNKEY") == true)
        #expect(store.state.settings.register)
    }

    @Test func `a database locked by another process is an error while it is locked`() throws {
        let fixture = try Fixture(writeSeconds: 1)
        let other = try fixture.otherProcess()
        // The writer has started.
        try fixture.store().write { transaction throws(AuthError) in
            try transaction.save(Settings())
        }
        try other.execute("BEGIN EXCLUSIVE")
        #expect(
            failure { () throws(AuthError) in
                try fixture.store().write { transaction throws(AuthError) in
                    try transaction.save(Settings())
                }
            }?.fault != nil)
        try other.execute("COMMIT")
        eventually {
            failure { () throws(AuthError) in
                try fixture.store().write { transaction throws(AuthError) in
                    try transaction.save(Settings())
                }
            } == nil
        }
    }

    @Test func `no read returns a value older than an acknowledged write`() throws {
        let fixture = try Fixture(cached: 16)
        let account = try Account.sample(name: "0")
        try fixture.store().add(account)
        let acknowledged = Counter()
        let rounds = 300
        let stale = try inParallel(3) { index -> Int in
            let store = fixture.store()
            guard index == 0 else {
                var stale = 0
                while true {
                    let floor = acknowledged.value.load(ordering: .sequentiallyConsistent)
                    guard floor < rounds else { return stale }
                    guard let name = try? store.account(account.id)?.account.name,
                        let seen = Int(name), seen >= floor
                    else {
                        stale += 1
                        continue
                    }
                }
            }
            for round in 1...rounds {
                _ = failure { () throws(AuthError) in
                    try store.write { transaction throws(AuthError) in
                        try rename(account.id, "\(round)", in: transaction)
                    }
                }
                acknowledged.value.store(round, ordering: .sequentiallyConsistent)
            }
            return 0
        }
        #expect(stale == [0, 0, 0])
    }

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    @Test func `closing completes the queued writes and refuses new ones`() throws {
        let fixture = try Fixture()
        let account = try Account.sample()
        try fixture.store().add(account)
        let gate = Checkpoint()
        let blocker = try Thread {
            _ = failure { () throws(AuthError) in try fixture.store().write { _ in gate.pass() } }
        }
        gate.waitUntilReached()
        let late = try Thread {
            _ = failure { () throws(AuthError) in
                try fixture.store().write { transaction throws(AuthError) in
                    try rename(account.id, "late", in: transaction)
                }
            }
        }
        eventually { fixture.queued == 1 }
        let closer = try Thread { fixture.storage.close() }
        gate.open()
        for thread in [blocker, late, closer] { thread.join() }
        #expect(try fixture.store().account(account.id)?.account.name == "late")
        let error = #expect(throws: AuthError.self) {
            try fixture.store().add(.sample("b@example.org"))
        }
        #expect(error?.fault != nil)
        fixture.storage.close()
    }

    @Test func `the tick is repeated by the writer itself`() throws {
        let count = Counter()
        let fixture = try Fixture(onTick: { count.value.add(1, ordering: .relaxed) })
        eventually { count.value.load(ordering: .relaxed) >= 3 }
        fixture.storage.close()
    }
}
