import Auth
import Crypto
import PostgreSQLStore
import SQLiteStore
import StoreSupport
import TestSupport
import Testing

/// Copies between databases of both kinds.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct StoreCopyTests {
    /// More than two batches.
    private let sample = SampleRows(accounts: 2 * StoreCopy.batch + 1)

    /// What a test makes happen in the midst of a copy.
    private struct Interruption: Error {}

    @Test func `every value of every table arrives in its order, there and back`() throws {
        let (first, middle, last) = (try CopyFile(), try CopyDatabase(), try CopyFile())
        try first.fill(from: sample)
        #expect(try rows(of: first.source()) == sample.rows)
        try middle.fill(from: first.source())
        let source = try middle.source()
        #expect(try rows(of: source) == sample.rows)
        #expect(source.record == Array("{}".utf8))
        try last.fill(from: middle.source())
        #expect(try rows(of: last.source()) == sample.rows)
    }

    @Test func `rows that a daemon inserts come after those that were copied`() throws {
        let database = try CopyDatabase()
        try database.fill(from: sample)
        try database.database.execute(
            "INSERT INTO notes (id, text) VALUES (gen_random_uuid(), 'new')")
        let notes = try rows(of: database.source())["notes"]
        #expect(notes == (sample.rows["notes"] ?? []) + [[.text("new")]])
    }

    @Test func `a database with accounts, invitations or events is refused and stays as it is`()
        throws
    {
        let (file, database) = (try CopyFile(), try CopyDatabase())
        let few = SampleRows(accounts: 2)
        try file.fill(from: few)
        try database.fill(from: few)
        #expect(throws: StorageError.occupied(path: file.path)) { try file.fill(from: sample) }
        let failure = #expect(throws: PostgreSQLStorageError.self) {
            try database.fill(from: sample)
        }
        #expect(failure?.kind == .occupied)
        #expect(try rows(of: file.source()) == few.rows)
        #expect(try rows(of: database.source()) == few.rows)
        for table in ["accounts", "invites"] {
            try database.database.execute("DELETE FROM \(table)")
            #expect(throws: PostgreSQLStorageError.self) { try database.fill(from: sample) }
        }
        try database.database.execute("DELETE FROM events")
        try database.fill(from: sample)
        #expect(try rows(of: database.source()) == sample.rows)
    }

    @Test func `a copy that is interrupted leaves nothing, and can be made again`() throws {
        let (file, database) = (try CopyFile(), try CopyDatabase())
        #expect(throws: Interruption.self) {
            try SQLiteCopyTarget.make(at: file.path, writing: nil, now: .start) { target in
                _ = try StoreCopy(from: sample, to: target).run()
                throw Interruption()
            }
        }
        #expect(throws: StorageError.absent(path: file.path)) { _ = try file.source() }
        #expect(throws: Interruption.self) {
            try PostgreSQLCopyTarget.fill(database.configuration) { target in
                _ = try StoreCopy(from: sample, to: target).run()
                throw Interruption()
            }
        }
        #expect(try database.accounts() == "0")
        try file.fill(from: sample)
        try database.fill(from: sample)
        #expect(try database.accounts() == "\(sample.rows["accounts"]?.count ?? 0)")
    }

    @Test func `what is copied otherwise than it was read is refused`() throws {
        /// Loses the last row of a table, or changes it.
        final class Careless: CopyTarget {
            private let all = SampleRows()
            private let change: (inout [[StoredValue]]) -> Void

            init(_ change: @escaping (inout [[StoredValue]]) -> Void) { self.change = change }

            func append(_ rows: [[StoredValue]], to table: StoredTable) {
                var rows = rows
                if table.name == "invites" { change(&rows) }
                all.append(rows, to: table)
            }

            func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
                try all.read(table, body)
            }
        }
        for change: (inout [[StoredValue]]) -> Void in [
            { $0.removeLast() }, { $0.swapAt(0, 1) }, { $0[0][0] = .id(.random()) },
        ] {
            let failure = #expect(throws: CopyDifference.self) {
                try StoreCopy(from: sample, to: Careless(change)).run()
            }
            #expect(failure?.description.contains("invites") == true)
        }
    }

    @Test func `a database that a daemon uses is refused where it is to be left`() throws {
        let database = try CopyDatabase()
        try database.fill(from: sample)
        var configuration = database.configuration
        configuration.background = .init()
        let daemon = try PostgreSQLStorage(configuration)
        let failure = #expect(throws: PostgreSQLStorageError.self) {
            _ = try database.source(alone: true)
        }
        #expect(failure?.kind == .inUse)
        // For a backup it is read as it is; the daemon has taken the notes.
        #expect(try rows(of: database.source())["accounts"] == sample.rows["accounts"])
        daemon.close()
        _ = try database.source(alone: true)
    }

    @Test func `what is written during a copy is not in it, and refuses one that must be last`()
        throws
    {
        let database = try CopyDatabase()
        try database.fill(from: sample)
        let source = try database.source()
        let daemon = try PostgreSQLStorage(database.configuration)
        let store = daemon.store(mayWait: true)
        store.cause = .recorded
        try store.write { transaction throws(AuthError) in
            try transaction.leave(note: "written meanwhile")
        }
        #expect(try rows(of: source) == sample.rows)
        let failure = #expect(throws: PostgreSQLStorageError.self) {
            try source.requireUnchanged()
        }
        #expect(failure?.kind == .inUse)
        try database.source().requireUnchanged()
        daemon.close()
    }

    @Test func `a daemon that waits for its setup learns that there is an owner`()
        throws
    {
        let database = try CopyDatabase()
        var configuration = database.configuration
        configuration.background = .init()
        let daemon = try PostgreSQLStorage(configuration)
        defer { daemon.close() }
        #expect(!daemon.state.hasOwner)
        try database.fill(from: sample)
        #expect(becomesTrue { daemon.state.hasOwner })
    }
}
