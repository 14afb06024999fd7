import Auth
import System
import Testing
import TestSupport

@testable import SQLiteStore

/// A database whose bytes changed behind everybody's back.
struct DamageTests {
    /// Sound, on the disk in one file, with rows in its tables.
    private static func sound() throws -> (bytes: [UInt8], accounts: [Account]) {
        let fixture = try Fixture()
        var accounts: [Account] = []
        for number in 1...60 {
            let account = try Account.sample("person\(number)@example.org", name: "Some Body")
            try fixture.store().add(account)
            try fixture.store().add(.sample(of: account))
            accounts.append(account)
        }
        fixture.storage.close()
        return (try fixture.directory.bytes("main.db"), accounts)
    }

    /// Opens a file with this content as a start does.
    ///
    /// - Returns: Whether it was refused.
    private static func isRefused(_ bytes: [UInt8], knowing accounts: [Account]) throws -> Bool {
        let directory = try TemporaryDirectory()
        try DurableFile.write(bytes, to: "\(directory.path)/main.db")
        let fixture: Fixture
        do {
            fixture = try Fixture(in: directory)
        } catch is StorageError {
            return true
        }
        for account in accounts {
            do {
                try compare(account, in: fixture.store())
            } catch AuthError.unavailable {
                // A value that nothing else in the file repeats cannot be read: a fault, no answer.
                continue
            }
        }
        #expect(try fixture.otherProcess().integer("SELECT count(*) FROM sessions") == 60)
        fixture.storage.close()
        return false
    }

    /// Whoever had an account has it: only what nothing else in the file repeats may differ.
    private static func compare(_ account: Account, in store: any Store) throws {
        let found = try #require(try store.account(account.id)?.account)
        #expect(found.email == account.email && found.createdAt == account.createdAt)
        #expect(found.role == account.role && found.status == account.status)
        #expect(try store.credential(account.email)?.account.id == account.id)
    }

    @Test func `a file that lost its end is refused, wherever it ends`() throws {
        let (bytes, accounts) = try Self.sound()
        #expect(try !Self.isRefused(bytes, knowing: accounts))
        var random = SplitMix64(seed: 1)
        let lengths =
            [0, 1, 15, 16, 99, 100, 511, 512, 4_095, 4_096, bytes.count - 4_096, bytes.count - 1]
            + (1...40).map { _ in Int(random.next() % UInt64(bytes.count)) }
        for length in lengths {
            let prefix = Array(bytes.prefix(length))
            #expect(try Self.isRefused(prefix, knowing: accounts), "\(length) of \(bytes.count)")
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a changed bit is refused, or changes what nothing in the file repeats`(
        seed: UInt64
    ) throws {
        let (bytes, accounts) = try Self.sound()
        var random = SplitMix64(seed: seed)
        for round in 0..<60 {
            var changed = bytes
            // A third in the header and the definitions, which are few among the bytes.
            let range = round % 3 == 0 ? 4_096 : bytes.count
            let position = Int(random.next() % UInt64(range))
            changed[position] ^= 1 << UInt8(random.next() % 8)
            _ = try Self.isRefused(changed, knowing: accounts)
        }
    }

    @Test func `bytes of a structure are looked at`() throws {
        let (bytes, accounts) = try Self.sound()
        // The text of a table's definition; an address in a row, not in its index.
        for (text, changed) in [
            ("password_hash TEXT", "password_hasi TEXT"), ("person7@", "person8@"),
        ] {
            var damaged = bytes
            let position = try #require(Self.position(of: Array(text.utf8), in: bytes))
            damaged.replaceSubrange(position..<position + text.utf8.count, with: changed.utf8)
            #expect(try Self.isRefused(damaged, knowing: accounts), "\(text)")
        }
    }

    private static func position(of text: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.indices.first { bytes[$0...].starts(with: text) }
    }
}
