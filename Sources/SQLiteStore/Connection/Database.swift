import CSQLite

/// One connection to a database file.
///
/// Confined to the thread that uses it: SQLite's own locking is switched off (SQLITE_OPEN_NOMUTEX).
@safe final class Database {
    /// What a connection is for.
    enum Purpose {
        /// Writes; sets the file to write-ahead logging, which it keeps.
        case writing
        /// Writes a file that no other process knows yet, or that has to be looked at first: the kind
        /// of its journal stays.
        case copying
        /// Reads beside a writer.
        case reading
        /// Reads a file that may belong to another program, and changes nothing in it.
        case inspecting
    }

    /// The connection as SQLite knows it.
    let handle: OpaquePointer
    private var statements: [String: Statement] = [:]

    /// Opens an existing file.
    ///
    /// - Parameters:
    ///   - path: Never created here, so that a lost file does not come back empty.
    ///   - purpose: What the connection may do.
    ///   - busyMilliseconds: How long a lock of another connection is waited for.
    /// - Throws: When the file is absent, unreadable or no database.
    init(path: String, for purpose: Purpose, busyMilliseconds: Int32 = 2_000) throws(SQLiteError) {
        var opened: OpaquePointer?
        let mode = purpose == .inspecting ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let status = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard status == SQLITE_OK, let opened = unsafe opened else {
            let failure = unsafe SQLiteError(of: opened)
            unsafe sqlite3_close_v2(opened)
            throw failure
        }
        unsafe handle = opened
        unsafe sqlite3_busy_timeout(handle, busyMilliseconds)
        for pragma in Self.pragmas(purpose) { try execute("PRAGMA \(pragma)") }
        if purpose == .writing { try setJournal(.writeAhead) }
    }

    deinit {
        statements = [:]
        unsafe sqlite3_close_v2(handle)
    }

    private static func pragmas(_ purpose: Purpose) -> [String] {
        let common = ["trusted_schema=OFF", "cell_size_check=ON"]
        return switch purpose {
        case .writing, .copying: common + ["foreign_keys=ON", "synchronous=FULL"]
        // Half a mebibyte: readers are many, and what they fetch often is in the caches above.
        case .reading: common + ["query_only=ON", "cache_size=-512"]
        case .inspecting: common
        }
    }

    /// How a file keeps what a crash must not undo.
    enum Journal: String {
        /// In a log beside it, so that readers and a writer are not in each other's way.
        case writeAhead = "wal"
        /// In the file itself, once a transaction is done.
        case rollback = "delete"
    }

    /// Changes the kind of journal, which the file keeps.
    ///
    /// - Throws: BUSY when another connection is open and the log cannot go.
    func setJournal(_ journal: Journal) throws(SQLiteError) {
        let present = try first("PRAGMA journal_mode=\(journal.rawValue)") {
            (row) throws(SQLiteError) in try row.text(0)
        }
        guard present == journal.rawValue else {
            throw SQLiteError(
                code: SQLITE_CANTOPEN, message: "its journal cannot be '\(journal.rawValue)' here")
        }
    }

    /// Whether no transaction is open.
    var isInAutocommit: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }

    /// Rows that the last INSERT, UPDATE or DELETE changed.
    var changedRows: Int { Int(unsafe sqlite3_changes(handle)) }

    /// The key of the row that the last INSERT added.
    var lastInsertedKey: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// Runs a statement for its effect.
    ///
    /// - Throws: Any fault of SQLite.
    func execute(_ sql: String, _ values: SQLValue...) throws(SQLiteError) {
        try execute(sql, with: values)
    }

    /// Runs a statement with as many parameters as its text was made for.
    ///
    /// - Throws: Any fault of SQLite.
    func execute(_ sql: String, with values: [SQLValue]) throws(SQLiteError) {
        _ = try statement(sql).run(values) { _ in () }
    }

    /// All rows of a query.
    ///
    /// - Throws: Any fault of SQLite, and what `read` throws.
    func rows<Value>(
        _ sql: String, _ values: SQLValue..., read: (Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> [Value] {
        try rows(sql, with: values, read: read)
    }

    /// All rows of a query with as many parameters as its text was made for.
    ///
    /// - Throws: Any fault of SQLite, and what `read` throws.
    func rows<Value>(
        _ sql: String, with values: [SQLValue], read: (Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> [Value] {
        try statement(sql).run(values, read)
    }

    /// Reads all rows of a query without parameters one after another, however many there are.
    ///
    /// - Throws: `SQLiteError`, and what `read` throws.
    func forEach(_ sql: String, _ read: (Row) throws -> Void) throws {
        try statement(sql).forEach(read)
    }

    /// The first row of a query; nil when there is none.
    ///
    /// - Throws: Any fault of SQLite, and what `read` throws.
    func first<Value>(
        _ sql: String, _ values: SQLValue..., read: (Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value? {
        try statement(sql).run(values, limit: 1, read).first
    }

    /// The integer that a query of one row and one column gives.
    ///
    /// - Throws: Any fault of SQLite; when there is no row.
    func integer(_ sql: String, _ values: SQLValue...) throws(SQLiteError) -> Int64 {
        let number = try statement(sql).run(values, limit: 1) { (row) throws(SQLiteError) in
            try row.integer(0)
        }
        guard let number = number.first else { throw .unreadable("answer to \(sql)") }
        return number
    }

    /// Ends the open transaction without its changes; does nothing without one.
    func rollBack() {
        // After a failed rollback, closing the connection ends the transaction.
        if !isInAutocommit { try? execute("ROLLBACK") }
    }

    /// Runs `body` in a transaction that holds the write lock from its start.
    ///
    /// - Throws: What `body` throws, and any fault of SQLite. Nothing remains then.
    func transaction(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        try execute("BEGIN IMMEDIATE")
        do {
            try body()
            try execute("COMMIT")
        } catch {
            rollBack()
            throw error
        }
    }

    private func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let kept = statements[sql] { return kept }
        let prepared = try unsafe Statement(sql, on: handle)
        statements[sql] = prepared
        return prepared
    }
}
