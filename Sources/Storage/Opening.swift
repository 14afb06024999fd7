import Auth
import Glibc
import Linux

/// How a database file is opened at the start: made, checked, refused or migrated.
struct Opening {
    /// Above this size the whole-file check would take longer than a start may.
    private static let checkedBytes: Int64 = 64 << 20

    /// The file.
    let path: String
    /// What it is brought to.
    let schema: Schema
    /// How long a lock of another process is waited for.
    var busyMilliseconds: Int32 = 2_000

    /// Makes the file if it is absent, checks it and brings it to the schema.
    ///
    /// - Parameter migrates: Whether an older schema is migrated; a new file always is.
    /// - Returns: A connection that writes.
    /// - Throws: What makes the file unusable.
    func open(migrating migrates: Bool) throws(StorageError) -> Database {
        try create()
        let database = try reporting(
            Database(path: path, for: .writing, busyMilliseconds: busyMilliseconds))
        try check(database)
        let version = try reporting(Schema.version(of: database))
        guard migrates || version == 0 || version == schema.version else {
            throw .pendingMigration(path: path, from: version, to: schema.version)
        }
        try reporting(schema.migrate(database))
        return database
    }

    /// The numbers of the migrations that the file lacks; all of them when it is absent.
    ///
    /// - Throws: What makes the file unusable.
    func pending() throws(StorageError) -> [Int] {
        guard Self.exists(path) else { return schema.migrations.map(\.version) }
        let database = try reporting(
            Database(path: path, for: .inspecting, busyMilliseconds: busyMilliseconds))
        try check(database)
        return try reporting(schema.pending(in: database))
    }

    /// What the server knows about itself from the start on.
    ///
    /// - Parameters:
    ///   - database: As `open` gave it.
    ///   - setup: The content of `setup.json`.
    /// - Returns: The first state.
    /// - Throws: What makes the file unusable.
    func state(of database: Database, setup: SetupRecord?) throws(StorageError) -> InstanceState {
        InstanceState(
            settings: try reporting(Settings(in: database)),
            hasOwner: try reporting(database.hasOwner()), setup: setup)
    }

    /// When the latest of the newest sessions began.
    ///
    /// - Parameter database: As `open` gave it.
    /// - Returns: 1970 where there is none.
    /// - Throws: What makes the file unusable.
    func latestSignIn(in database: Database) throws(StorageError) -> Timestamp {
        let newest = "SELECT created_at FROM sessions ORDER BY key DESC LIMIT 100"
        return Timestamp(
            milliseconds: try reporting(
                database.integer("SELECT coalesce(max(created_at), 0) FROM (\(newest))")))
    }

    /// Takes note of the time, where no purge is to be late yet.
    ///
    /// - Parameters:
    ///   - database: As `open` gave it.
    ///   - now: The present time.
    /// - Throws: What makes the file unusable.
    func beginPurges(of database: Database, at now: Timestamp) throws(StorageError) {
        try reporting(Purge.begin(in: database, at: now))
    }

    /// Whether there is a file of this name, of whatever kind.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    private func create() throws(StorageError) {
        // Only a new file is opened here: closing any descriptor of a database drops the locks that
        // this process has on it (POSIX).
        let opened = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let code = errno
        if opened >= 0 {
            try FileDescriptor(owning: opened).giveToOwner(ofDirectoryOf: path)
        } else if code != EEXIST {
            throw .system("open", path, code: code)
        }
    }

    private func check(_ database: Database) throws(StorageError) {
        if try reporting(database.isEmpty()) { return }
        guard try reporting(Schema.isOurs(database)) else {
            throw .foreign(path: path, detail: "it holds something else")
        }
        let version = try reporting(Schema.version(of: database))
        guard version <= schema.version else {
            throw .newerSchema(path: path, found: version, known: schema.version)
        }
        let pages = try reporting(database.integer("PRAGMA page_count"))
        let pageSize = try reporting(database.integer("PRAGMA page_size"))
        guard pages <= Self.checkedBytes / max(1, pageSize) else { return }
        let finding = try reporting(database.quickCheck())
        guard finding == "ok" else { throw .corrupt(path: path, detail: finding) }
    }

    private func reporting<Value>(
        _ body: @autoclosure () throws(SQLiteError) -> Value
    ) throws(StorageError) -> Value {
        do {
            return try body()
        } catch {
            throw StorageError(error, path: path)
        }
    }
}

extension Database {
    /// Whether it holds no table at all.
    ///
    /// - Throws: Any fault of SQLite; NOTADB when the file is something else.
    func isEmpty() throws(SQLiteError) -> Bool {
        try integer("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)") != 0
    }

    /// The first thing that SQLite's own check finds; `ok` when it finds nothing.
    ///
    /// - Throws: Any fault of SQLite.
    fileprivate func quickCheck() throws(SQLiteError) -> String {
        try first("PRAGMA quick_check(1)") { (row) throws(SQLiteError) in try row.text(0) } ?? ""
    }
}
