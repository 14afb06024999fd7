import Auth
import Crypto
import Glibc
import System
import Synchronization
import TestSupport
import Testing

@testable import SQLiteStore

/// A new directory, removed with everything in it when nobody needs it any more.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/lunauth-storage-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in (try? names()) ?? [] where remove("\(path)/\(name)") != 0 { continue }
        rmdir(path)
    }

    func names() throws -> [String] {
        let stream = try #require(opendir(path))
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func bytes(_ name: String) throws -> [UInt8] {
        try #require(try DurableFile.read("\(path)/\(name)", limit: 16 << 20))
    }
}

/// A door that holds one thread up until another opens it.
final class FairSemaphore: Sendable {
    private let state = Mutex((isReached: false, isOpen: false))

    func pass() {
        state.withLock { $0.isReached = true }
        eventually { state.withLock { $0.isOpen } }
    }

    func open() { state.withLock { $0.isOpen = true } }

    func waitUntilReached() { eventually { state.withLock { $0.isReached } } }
}

/// Looks again and again until something holds; fails the test when it does not in 20 seconds.
func eventually(
    _ condition: () throws -> Bool, at location: SourceLocation = #_sourceLocation
) rethrows {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
        if try condition() { return }
        usleep(1_000)
    }
    Issue.record("it never came", sourceLocation: location)
}

/// Runs a body on several threads at once and returns what each made, in order.
func inParallel<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Value
) throws -> [Value] {
    let made = Results<Value>()
    let threads = try (0..<count).map { index in try Thread { made.set(body(index), at: index) } }
    for thread in threads { thread.join() }
    return try (0..<count).map { try #require(made.value(at: $0)) }
}

/// The error that a body throws; nil when it throws none.
func failure(_ body: () throws(AuthError) -> Void) -> AuthError? {
    do {
        try body()
        return nil
    } catch {
        return error
    }
}

private final class Results<Value: Sendable>: Sendable {
    private let values = Mutex<[Int: Value]>([:])

    func set(_ value: Value, at index: Int) { values.withLock { $0[index] = value } }

    func value(at index: Int) -> Value? { values.withLock { $0[index] } }
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
            migrationType: .automatic, retentionPeriod: .standard)
    }
}

extension AuthError {
    /// What the log is told of a fault; nil for every other error.
    var fault: String? {
        if case .unavailable(_, let text) = self { text } else { nil }
    }
}

extension Store {
    /// Adds an account with a password nobody knows.
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

    /// Writes an account that is there.
    func update(_ account: Account) throws(AuthError) {
        try write { transaction throws(AuthError) in try transaction.update(account) }
    }

    /// Sets the server up with a new owner.
    func setUp(_ name: String, email: String = "owner@example.org") throws {
        let owner = try Account.sample(email, role: .owner)
        try setUp(
            .sample(name), owner: owner, passwordHash: .sample(), session: .sample(of: owner),
            from: .commandLine, alongside: { _ in })
    }
}
