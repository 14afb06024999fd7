import Auth
import Glibc
import System

/// How a database file is opened at the start: made, checked, refused or migrated.
struct DatabaseOpener {
    /// How long a start may look for damage.
    private static let inspection = Duration.seconds(2)

    /// The file.
    let path: String
    /// What it is brought to.
    let schema: Schema
    /// How long a lock of another process is waited for.
    var busyMilliseconds: Int32 = 2_000
    /// Whether the file is made where there is none.
    var makesFile = true
    /// Told when the file was too large to be looked through.
    var onCutShort: () -> Void = {}

    /// Makes the file if it is absent, checks it and brings it to the schema.
    ///
    /// - Parameter migrates: Whether an older schema is migrated; a new file always is.
    /// - Returns: A connection that writes.
    /// - Throws: What makes the file unusable.
    func open(migrating migrates: Bool) throws(StorageError) -> Database {
        try createIfAbsent()
        let database = try connect(for: .copying)
        try check(database)
        guard try !reporting(BackupMetadata.isSet(in: database)) else {
            throw .isBackup(path: path)
        }
        let version = try reporting(Schema.version(of: database))
        guard migrates || version == schema.version else {
            throw .pendingMigration(path: path, from: version, to: schema.version)
        }
        try reporting(database.setJournal(.writeAhead))
        try reporting(schema.migrate(database))
        return database
    }

    /// The numbers of the migrations that the file lacks.
    ///
    /// - Throws: What makes the file unusable.
    func pending() throws(StorageError) -> [Int] {
        guard Path.exists(path) else { throw Self.absence(of: path) }
        let database = try connect(for: .inspecting)
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
            hasOwner: try reporting(database.hasOwner()), setup: setup,
            maxPasswordIterations: try reporting(database.maxPasswordIterations()),
            foreignDecoys: try reporting(database.foreignDecoys()))
    }

    /// Writes the content of `setup.json` into the database, where it is another.
    ///
    /// - Throws: What makes the file unusable.
    func keep(_ content: [UInt8], in database: Database) throws(StorageError) {
        guard try reporting(RecordRow.read(from: database)) != content else { return }
        try reporting(RecordRow.write(content, to: database))
    }

    /// Failed logins that a process before this one counted.
    ///
    /// - Throws: What makes the file unusable.
    func failedLogins(
        in database: Database, at time: Timestamp
    ) throws(StorageError) -> [FailedLogins.Count] {
        try reporting(FailedLoginRows.read(from: database, at: time))
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

    /// The wrapped key of second factors and passkeys.
    ///
    /// - Parameter database: As `open` gave it.
    /// - Returns: Nil where no account has any.
    /// - Throws: What makes the file unusable.
    func dataKeyInUse(of database: Database) throws(StorageError) -> [UInt8]? {
        try reporting(database.dataKeyInUse())
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

    /// For a look at a file that has to be there.
    static func present(_ path: String) -> DatabaseOpener {
        DatabaseOpener(path: path, schema: .current)
    }

    /// Why a file is not there: a directory that may not be entered hides what is in it.
    static func absence(of path: String) -> StorageError {
        var status = stat()
        guard unsafe lstat(path, &status) != 0, errno != ENOENT, errno != ENOTDIR else {
            return .absent(path: path)
        }
        return .file(.system("stat", path, code: errno))
    }

    /// Makes a file where there is none.
    ///
    /// It gets its name when it is complete: one that is empty, or has no tables, has lost them.
    private func createIfAbsent() throws(StorageError) {
        guard !Path.exists(path) else { return }
        let log = path + "-wal"
        guard !Path.exists(log) else {
            throw .corrupt(path: path, detail: "it is gone, its log \(log) is not")
        }
        guard makesFile else { throw Self.absence(of: path) }
        let temporary = TemporaryFile.name(beside: path)
        defer { TemporaryFile.remove(temporary, with: DatabaseFiles.companions) }
        try StorageError.wrapping(DurableFile.write([], to: temporary))
        try reporting(schema.migrate(Database(path: temporary, for: .copying)))
        try StorageError.wrapping(DurableFile.synchronize(temporary))
        // When another process was faster, its file is as good.
        _ = try StorageError.wrapping(DurableFile.place(temporary, at: path))
    }

    private func check(_ database: Database) throws(StorageError) {
        switch try reporting(database.inspect(as: schema, within: Self.inspection)) {
        case .sound: break
        case .cutShort: onCutShort()
        case .damaged(let detail): throw .corrupt(path: path, detail: detail)
        }
    }

    /// A connection to a database of this program, whatever state it is in.
    ///
    /// - Parameter purpose: What the connection may do.
    /// - Returns: The connection; nothing was looked at yet but the header.
    /// - Throws: `corrupt` when the file is empty; `foreign`, `newerSchema`, and what keeps it from
    ///   being opened.
    func connect(for purpose: Database.Purpose) throws(StorageError) -> Database {
        // SQLite would take an empty file for a new database, and throw the log beside it away.
        guard let size = Path.size(of: path) else {
            throw .io(path: path, detail: "there is no such file")
        }
        guard size > 0 else { throw .corrupt(path: path, detail: "it is empty") }
        let database = try reporting(
            Database(path: path, for: purpose, busyMilliseconds: busyMilliseconds))
        guard try reporting(Schema.isOurs(database)) else {
            throw .foreign(path: path, detail: "it holds something else")
        }
        // SQLite takes what is missing of the last page for zeros.
        let pageSize = Int(try reporting(database.integer("PRAGMA page_size")))
        guard (Path.size(of: path) ?? 0) % max(1, pageSize) == 0 else {
            throw .corrupt(path: path, detail: "its last page is cut off")
        }
        let version = try reporting(Schema.version(of: database))
        guard version <= schema.version else {
            throw .newerSchema(path: path, found: version, known: schema.version)
        }
        return database
    }

    /// Runs a statement, and says of its error which file it is about.
    func reporting<Value>(
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
}
