import System
import TestSupport
import Testing

@testable import SQLiteStore

struct DatabaseTests {
    private func database() throws -> (TemporaryDirectory, Database) {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/test.db"
        try DurableFile.write([], to: path)
        return (directory, try Database(path: path, for: .writing))
    }

    @Test func `values are read as they were bound`() throws {
        let (directory, database) = try database()
        let blobs: [[UInt8]] = [[], [0], Array(0...255)]
        let texts = ["", "a", "a\0b", "é\u{301}🌙"]
        for blob in blobs {
            let seen = try database.first("SELECT ?", .blob(blob)) {
                (row) throws(SQLiteError) in try row.blob(0)
            }
            #expect(seen == blob)
        }
        for text in texts {
            let seen = try database.first("SELECT ?", .text(text)) {
                (row) throws(SQLiteError) in try row.text(0)
            }
            #expect(seen.map { Array($0.utf8) } == Array(text.utf8))
        }
        for number in [Int64.min, -1, 0, .max] {
            #expect(try database.integer("SELECT ?", .integer(number)) == number)
        }
        #expect(try database.integer("SELECT ? IS NULL", .null) == 1)
        _ = directory
    }

    @Test(arguments: ["'text'", "1.5", "NULL", "x'00'"])
    func `a value of another type is an error that does not contain the value`(value: String) throws
    {
        let (directory, database) = try database()
        let error = #expect(throws: SQLiteError.self) {
            try database.integer("SELECT \(value) AS answer")
        }
        #expect(error?.description == "SQLITE_MISMATCH: unreadable column answer")
        _ = directory
    }

    @Test func `text that is not UTF-8 is an error`() throws {
        let (directory, database) = try database()
        #expect(throws: SQLiteError.self) {
            try database.first("SELECT CAST(x'ff41' AS TEXT)") {
                (row) throws(SQLiteError) in try row.text(0)
            }
        }
        _ = directory
    }

    @Test func `a statement can be used again after success and failure`() throws {
        let (directory, database) = try database()
        try database.execute("CREATE TABLE t (a INTEGER UNIQUE) STRICT")
        let insert = "INSERT INTO t VALUES (?)"
        try database.execute(insert, .integer(1))
        let error = #expect(throws: SQLiteError.self) {
            try database.execute(insert, .integer(1))
        }
        #expect(error?.isUniqueViolation == true)
        #expect(error?.requiresReconnect == false)
        try database.execute(insert, .integer(2))
        #expect(try database.integer("SELECT a FROM t ORDER BY a") == 1)
        // An open statement would prevent this.
        try database.execute("DROP TABLE t")
        _ = directory
    }

    @Test func `a failed transaction leaves no change and none open`() throws {
        let (directory, database) = try database()
        #expect(throws: SQLiteError.self) {
            try database.transaction { () throws(SQLiteError) in
                try database.execute("CREATE TABLE t (a) ")
                try database.execute("nonsense")
            }
        }
        #expect(database.isInAutocommit)
        #expect(try database.isEmpty())
        _ = directory
    }

    @Test func `a read-only connection cannot write`() throws {
        let (directory, database) = try database()
        try database.execute("CREATE TABLE t (a INTEGER) STRICT")
        for purpose in [Database.Purpose.reading, .inspecting] {
            let reader = try Database(path: "\(directory.path)/test.db", for: purpose)
            #expect(try reader.integer("SELECT count(*) FROM t") == 0)
            #expect(throws: SQLiteError.self) { try reader.execute("INSERT INTO t VALUES (1)") }
        }
    }

    @Test func `opening does not create an absent file`() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: SQLiteError.self) {
            try Database(path: "\(directory.path)/absent.db", for: .writing)
        }
        #expect(error?.requiresReconnect == true)
        #expect(try directory.names().isEmpty)
    }

    @Test(
        arguments: [
            (5, "SQLITE_BUSY"), (517, "SQLITE_BUSY_SNAPSHOT"), (1_034, "SQLITE_IOERR_FSYNC"),
            (2_067, "SQLITE_CONSTRAINT_UNIQUE"), (1_032, "SQLITE_READONLY_DBMOVED"),
            (13, "SQLITE_FULL"), (10 | 99 << 8, "SQLITE_IOERR(99)"), (255, "SQLITE(255)"),
        ] as [(Int32, String)])
    func `result codes have their names`(code: Int32, name: String) {
        #expect(ResultCode.name(code) == name)
    }
}
