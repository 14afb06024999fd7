import Auth
import System
import Testing
import TestSupport

@testable import SQLiteStore

/// A database whose bytes were changed by something else.
struct DamageTests {
    /// An intact database in one file, with rows in its tables.
    private static func sound() throws -> (bytes: [UInt8], accounts: [Account]) {
        let fixture = try Fixture()
        var accounts: [Account] = []
        for number in 1...60 {
            let account = try Account.sample("person\(number)@example.org", name: "Ada Lovelace")
            try fixture.store().add(account)
            try fixture.store().add(.sample(of: account))
            accounts.append(account)
        }
        fixture.storage.close()
        return (try fixture.directory.bytes("main.db"), accounts)
    }

    /// Opens a file with this content like a start.
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
        let store = fixture.store()
        for account in accounts {
            do {
                try compare(account, in: store)
            } catch AuthError.unavailable {
                // A value without redundancy in the file is unreadable: an error, not a wrong result.
                continue
            }
        }
        #expect(try fixture.otherProcess().integer("SELECT count(*) FROM sessions") == 60)
        fixture.storage.close()
        return false
    }

    /// Every account is found: only values without redundancy in the file may differ.
    private static func compare(_ account: Account, in store: any Store) throws {
        let found = try #require(try store.account(account.id)?.account)
        #expect(found.email == account.email && found.createdAt == account.createdAt)
        #expect(found.role == account.role && found.status == account.status)
        #expect(try store.credential(account.email)?.account.id == account.id)
    }

    @Test func `a truncated file is refused, wherever it ends`() throws {
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
    func `a changed bit is refused or changes only values without redundancy`(
        seed: UInt64
    ) throws {
        let (bytes, accounts) = try Self.sound()
        var random = SplitMix64(seed: seed)
        for round in 0..<60 {
            var changed = bytes
            // A third of the bits in the header and definitions, which are few bytes of the file.
            let range = round % 3 == 0 ? 4_096 : bytes.count
            let position = Int(random.next() % UInt64(range))
            changed[position] ^= 1 << UInt8(random.next() % 8)
            _ = try Self.isRefused(changed, knowing: accounts)
        }
    }

    @Test func `damage to definitions and indexes is detected`() throws {
        let (bytes, accounts) = try Self.sound()
        // The text of a table's definition; an address in a row but not in its index.
        for (text, changed) in [
            ("email TEXT NOT NULL UNIQUE", "emajl TEXT NOT NULL UNIQUE"), ("person7@", "person8@"),
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
