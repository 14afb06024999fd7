import Auth
import Crypto
import System
import TestSupport
import Testing

@testable import SQLiteStore

/// A look at databases and backups that changes nothing.
struct ExaminationTests {
    private let clock = TestClock()

    private func fixture() throws -> Fixture {
        let fixture = try Fixture()
        for number in 1...40 { try fixture.store().add(.sample("a\(number)@example.org")) }
        return fixture
    }

    private func backUp(_ fixture: Fixture) throws -> String {
        let file = "\(fixture.directory.path)/backup"
        _ = try Backup.make(
            of: fixture.path(), to: file, replacing: true, setup: nil, now: clock.now)
        return file
    }

    /// Changes one byte that an index has as well.
    private func damage(_ file: String) throws {
        var bytes = try #require(try DurableFile.read(file, limit: 1 << 24))
        let address = Array("a7@example".utf8)
        let position = try #require(bytes.indices.first { bytes[$0...].starts(with: address) })
        bytes[position] = UInt8(ascii: "b")
        try DurableFile.write(bytes, to: file)
    }

    @Test func `a database is described beside its server`() throws {
        let fixture = try fixture()
        let found = try DatabaseExamination(fixture.path())
        #expect(found.schema == DatabaseExamination.currentSchema)
        #expect(found.accounts == 40 && !found.hasOwner && !found.hasForeignPasswords)
        #expect(found.dataKey == nil)
        try DatabaseExamination.inspect(fixture.path())
    }

    @Test func `a damaged database is found`() throws {
        let fixture = try fixture()
        fixture.storage.close()
        try damage(fixture.path())
        let error = #expect(throws: StorageError.self) {
            try DatabaseExamination.inspect(fixture.path())
        }
        guard case .corrupt(fixture.path(), _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a backup is opened in memory and stays as it is`() throws {
        let fixture = try fixture()
        let file = try backUp(fixture)
        let before = try DurableFile.read(file, limit: 1 << 24)
        let backup = try Backup.examine(file)
        #expect(backup.accounts == 40 && backup.madeAt == clock.now)
        #expect(try DurableFile.read(file, limit: 1 << 24) == before)
        #expect(throws: StorageError.isBackup(path: file)) { try DatabaseExamination(file) }
    }

    @Test func `a damaged backup is found`() throws {
        let fixture = try fixture()
        let file = try backUp(fixture)
        try damage(file)
        let error = #expect(throws: StorageError.self) { try Backup.examine(file) }
        guard case .corrupt(file, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
