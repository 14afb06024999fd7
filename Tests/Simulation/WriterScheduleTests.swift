import Auth
import Crypto
import Glibc
import StoreSupport
import Synchronization
import TestSupport
import Testing

@testable import SQLiteStore

/// The real writer on a real database, with the threads that wait for it, in orders that a seed decides.
@Suite struct WriterScheduleTests {
    @Test(arguments: UInt64(0)..<150)
    func `acknowledged writes are in the database whenever the process is killed`(
        seed: UInt64
    ) throws {
        let run = try WriterRun(seed: seed)
        try run.run()
        #expect(run.violations == [], "seed \(seed)")
    }
}

/// Threads that write, in a process that is killed at some point.
final class WriterRun: Sendable {
    private struct Ledger {
        var acknowledged: Set<String> = []
        var refused: Set<String> = []
        var violations: [String] = []
    }

    private let seed: UInt64
    private let clock = TestClock()
    private let schedule: Schedule
    private let directory: ScratchDirectory
    private let instance: SharedState
    private let ledger = Mutex(Ledger())
    private let writers = Atomic(3)

    init(seed: UInt64) throws {
        self.seed = seed
        let (clock, directory) = (clock, try ScratchDirectory())
        let schedule = Schedule(seed: seed, clock: clock)
        self.directory = directory
        self.schedule = schedule
        let configuration = StorageConfiguration(
            dataDirectory: directory.path, databaseName: "main", migratesAutomatically: true,
            cacheBytes: 100_000, setup: nil, now: { clock.now },
            profile: { _ in [] }, encodeSetup: { _ in [] }, decodeSetup: { _ in nil })
        let opening = DatabaseOpener(path: configuration.path(ofDatabase: "main"), schema: .current)
        let state = try opening.state(of: opening.open(migrating: true), setup: nil)
        instance = try SharedState(configuration, state: state) { schedule.makeWakeSignal() }
    }

    /// The violations.
    var violations: [String] { ledger.withLock { $0.violations } }

    /// Runs to the end, and checks what a kill at some point would have left.
    func run() throws {
        let instance = instance
        try schedule.add { Writer(instance).run() }
        for number in 0..<writers.load(ordering: .relaxed) {
            try schedule.add { [self] in write(number) }
        }
        var chance = Chance(seed: ~seed)
        var stepsLeft = chance.number(in: 5...120)
        var image: (directory: ScratchDirectory, ledger: Ledger)?
        while schedule.step() {
            stepsLeft -= 1
            guard stepsLeft == 0 else { continue }
            image = (try directory.copy(["main.db", "main.db-wal"]), ledger.withLock { $0 })
        }
        try check(image?.directory ?? directory, image?.ledger ?? ledger.withLock { $0 })
    }

    /// The work of one thread: units of work, some of which fail, each in its own way.
    private func write(_ number: Int) {
        var chance = Chance(seed: seed &* 7 &+ UInt64(number))
        let store = SQLiteStore(instance, mayWait: true)
        for round in 0..<8 {
            let name = "w\(number)r\(round)"
            let fault = chance.happens(30) ? chance.pick(Fault.allCases) : nil
            attempt(name, fault, on: store)
            schedule.yield()
        }
        if writers.subtract(1, ordering: .relaxed).newValue == 0 { instance.queue.close() }
    }

    private func attempt(_ name: String, _ fault: Fault?, on store: SQLiteStore) {
        guard let email = Email("\(name)@example.org"),
            let hash = PasswordHash(
                iterations: 1_000, salt: Random.bytes(16), key: SHA256.digest(name.utf8))
        else { return }
        let account = Account(
            id: .random(), email: email, name: name, tier: .free, role: .user, status: .active,
            createdAt: clock.now)
        let session = Session(
            id: .random(), tokenHash: SHA256.digest(name.utf8), accountID: account.id,
            createdAt: clock.now, expiresAt: clock.now.adding(seconds: 100_000),
            methods: .password, authenticatedAt: clock.now)
        let (schedule, time) = (schedule, clock.now)
        do throws(AuthError) {
            try store.write { (transaction) throws(AuthError) in
                try transaction.insert(account, passwordHash: hash)
                try transaction.insert(session, from: .commandLine)
                schedule.yield()
                try fault?.happen(in: transaction)
            }
            ledger.withLock { _ = $0.acknowledged.insert(name) }
            let found = try store.session(.id(session.id), now: time)
            if found == nil { violate("\(name) is acknowledged and not found") }
            _ = try store.write { (transaction) throws(AuthError) in
                try transaction.endSession(.id(session.id), of: nil)
            }
            let other = SQLiteStore(instance, mayWait: true)
            if try other.session(.id(session.id), now: time) != nil {
                violate("\(name) is ended and found")
            }
            ledger.withLock { _ = $0.acknowledged.insert("\(name) ended") }
        } catch .forbidden {
            ledger.withLock { _ = $0.refused.insert(name) }
        } catch {
            // The outcome is unknown.
            return
        }
    }

    /// Opens the state after a kill, like the next process.
    private func check(_ directory: ScratchDirectory, _ ledger: Ledger) throws {
        let opening = DatabaseOpener(path: "\(directory.path)/main.db", schema: .current)
        let database = try opening.open(migrating: true)
        for name in ledger.acknowledged where !name.hasSuffix("ended") {
            let email = "\(name)@example.org"
            let count = try database.integer(
                "SELECT count(*) FROM accounts WHERE email = ?", .text(email))
            if count != 1 { violate("\(name) is acknowledged and lost") }
            guard ledger.acknowledged.contains("\(name) ended") else { continue }
            let live = try database.integer(
                """
                SELECT count(*) FROM sessions JOIN accounts ON accounts.id = account_id
                WHERE email = ? AND ended_at IS NULL
                """, .text(email))
            if live != 0 { violate("the session of \(name) lives again") }
        }
        for name in ledger.refused {
            let count = try database.integer(
                "SELECT count(*) FROM accounts WHERE email = ?", .text("\(name)@example.org"))
            if count != 0 { violate("\(name) is refused and there") }
        }
    }

    private func violate(_ what: String) {
        ledger.withLock { $0.violations.append(what) }
    }
}

/// The failure of a unit of work.
private enum Fault: CaseIterable {
    /// The domain refuses it.
    case refusal
    /// COMMIT fails, with the whole group.
    case commit
    /// SQLite rolls back by itself, as on a full disk.
    case rollback

    func happen(in transaction: any Transaction) throws(AuthError) {
        guard let database = (transaction as? SQLiteTransaction)?.database else { return }
        switch self {
        case .refusal: throw .forbidden
        case .commit:
            try reportingFaults(database.execute("PRAGMA defer_foreign_keys=ON"))
            try reportingFaults(database.execute("UPDATE sessions SET account_id = zeroblob(16)"))
        case .rollback: try reportingFaults(database.execute("ROLLBACK"))
        }
    }
}
