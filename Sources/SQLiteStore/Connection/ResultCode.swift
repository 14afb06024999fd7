/// The names of SQLite's result codes, which its library does not tell.
enum ResultCode {
    /// The name of an extended code; that of its primary code and the number when it has none here.
    static func name(_ code: Int32) -> String {
        if let name = extended[code] { return "SQLITE_\(name)" }
        guard let name = primary[code & 0xFF] else { return "SQLITE(\(code))" }
        return code == code & 0xFF ? "SQLITE_\(name)" : "SQLITE_\(name)(\(code >> 8))"
    }

    private static let primary: [Int32: String] = [
        1: "ERROR", 2: "INTERNAL", 3: "PERM", 4: "ABORT", 5: "BUSY", 6: "LOCKED", 7: "NOMEM",
        8: "READONLY", 9: "INTERRUPT", 10: "IOERR", 11: "CORRUPT", 12: "NOTFOUND", 13: "FULL",
        14: "CANTOPEN", 15: "PROTOCOL", 17: "SCHEMA", 18: "TOOBIG", 19: "CONSTRAINT",
        20: "MISMATCH", 21: "MISUSE", 22: "NOLFS", 23: "AUTH", 25: "RANGE", 26: "NOTADB",
    ]

    /// By primary code and number of the extension: those that an operator is likely to meet.
    private static let extended: [Int32: String] = [
        5 | 1 << 8: "BUSY_RECOVERY", 5 | 2 << 8: "BUSY_SNAPSHOT", 5 | 3 << 8: "BUSY_TIMEOUT",
        8 | 1 << 8: "READONLY_RECOVERY", 8 | 3 << 8: "READONLY_ROLLBACK",
        8 | 4 << 8: "READONLY_DBMOVED", 8 | 5 << 8: "READONLY_CANTINIT",
        8 | 6 << 8: "READONLY_DIRECTORY",
        10 | 1 << 8: "IOERR_READ", 10 | 2 << 8: "IOERR_SHORT_READ", 10 | 3 << 8: "IOERR_WRITE",
        10 | 4 << 8: "IOERR_FSYNC", 10 | 5 << 8: "IOERR_DIR_FSYNC", 10 | 6 << 8: "IOERR_TRUNCATE",
        10 | 7 << 8: "IOERR_FSTAT", 10 | 10 << 8: "IOERR_DELETE", 10 | 12 << 8: "IOERR_NOMEM",
        10 | 13 << 8: "IOERR_ACCESS", 10 | 15 << 8: "IOERR_LOCK", 10 | 18 << 8: "IOERR_SHMOPEN",
        10 | 19 << 8: "IOERR_SHMSIZE", 10 | 20 << 8: "IOERR_SHMLOCK", 10 | 21 << 8: "IOERR_SHMMAP",
        10 | 24 << 8: "IOERR_MMAP", 10 | 32 << 8: "IOERR_DATA",
        10 | 33 << 8: "IOERR_CORRUPTFS",
        11 | 2 << 8: "CORRUPT_SEQUENCE", 11 | 3 << 8: "CORRUPT_INDEX",
        14 | 2 << 8: "CANTOPEN_ISDIR", 14 | 3 << 8: "CANTOPEN_FULLPATH",
        14 | 6 << 8: "CANTOPEN_SYMLINK",
        19 | 1 << 8: "CONSTRAINT_CHECK", 19 | 3 << 8: "CONSTRAINT_FOREIGNKEY",
        19 | 5 << 8: "CONSTRAINT_NOTNULL", 19 | 6 << 8: "CONSTRAINT_PRIMARYKEY",
        19 | 8 << 8: "CONSTRAINT_UNIQUE", 19 | 12 << 8: "CONSTRAINT_DATATYPE",
    ]
}
