public import Auth
public import StoreSupport
import Synchronization
import System

/// Accounts, sessions and settings in an SQLite database, with one thread that writes.
///
/// `setup.json` beside the database is written here, as the commit point of setup, and read by the
/// caller. When it exists without an owner in the database, a crash interrupted a setup that may be
/// done again.
public final class Storage: ServerStorage {
    /// When the latest session began before it was opened, by the clock of that time.
    public let latestSignIn: Timestamp
    /// The key under which second factors and passkeys were sealed when it was opened, wrapped; nil where there
    /// were none.
    public let dataKey: [UInt8]?
    /// None: the one daemon of a file has its key in another file.
    public var secretKeyTable: (any SecretKeyTable)? { nil }
    /// What all its stores share.
    let instance: SharedState
    private let writer: Mutex<Thread?>

    /// Opens the database, makes or migrates it, and starts the writer.
    ///
    /// - Parameter configuration: Where it is and how it is used.
    /// - Throws: What keeps it from being used; the description says what to do.
    public convenience init(_ configuration: StorageConfiguration) throws(StorageError) {
        try self.init(configuration, schema: .current)
    }

    /// As `init(_:)`, with another schema.
    init(_ configuration: StorageConfiguration, schema: Schema) throws(StorageError) {
        TemporaryFile.removeStale(
            in: configuration.dataDirectory, with: DatabaseFiles.companions)
        let path = configuration.path(ofDatabase: configuration.databaseName)
        let isNamed = configuration.setup?.databaseName == configuration.databaseName
        if isNamed || configuration.isSetUp, !Path.exists(path) {
            throw .missing(path: path)
        }
        let opening = DatabaseOpener(
            path: path, schema: schema, busyMilliseconds: configuration.busyMilliseconds,
            makesFile: configuration.makesDatabase, onCutShort: configuration.onPartialInspection)
        let database = try opening.open(migrating: configuration.migratesAutomatically)
        let state = try opening.state(of: database, setup: configuration.setup)
        if configuration.keepsSetup, state.hasOwner, let record = configuration.setup {
            try opening.keep(configuration.encodeSetup(record), in: database)
        }
        latestSignIn = try opening.latestSignIn(in: database)
        dataKey = try opening.dataKeyInUse(of: database)
        try opening.beginPurges(of: database, at: configuration.now())
        if let failedLogins = configuration.failedLogins {
            let now = configuration.now()
            failedLogins.restore(try opening.failedLogins(in: database, at: now), at: now)
        }
        do throws(SystemError) {
            let instance = try SharedState(configuration, state: state)
            self.instance = instance
            writer = Mutex(try Thread { Writer(instance).run() })
        } catch {
            throw .io(path: path, detail: error.description)
        }
    }

    deinit {
        close()
    }

    /// A store for one thread, cheap until it is used.
    ///
    /// - Parameter mayWait: Whether the thread may wait for a disk. Without, nothing but memory is
    ///   asked and everything else throws `notInMemory`, writes too.
    /// - Returns: A store confined to the thread that uses it.
    public func store(mayWait: Bool) -> any ServerStore {
        SQLiteStore(instance, mayWait: mayWait)
    }

    /// What the server knows about itself.
    public var state: InstanceState { store(mayWait: false).state }

    /// What the storage reports about its writes.
    public var statistics: StoreStatistics {
        instance.statistics.snapshot(queued: instance.queue.count)
    }

    /// Finishes the writes that wait, refuses further ones, and ends the writer.
    public func close() {
        instance.queue.close()
        let thread = writer.withLock { writer in
            defer { writer = nil }
            return writer
        }
        thread?.join()
    }

    /// Brings a database to the schema of this program.
    ///
    /// - Parameter path: The file of the database.
    /// - Throws: What keeps it from being used.
    public static func migrate(path: String) throws(StorageError) {
        _ = try DatabaseOpener(path: path, schema: .current, makesFile: false).open(migrating: true)
    }

    /// The numbers of the migrations that a database lacks; writes nothing.
    ///
    /// - Parameter path: The file of the database.
    /// - Returns: Ascending numbers.
    /// - Throws: What makes the file unusable.
    public static func pendingMigrations(path: String) throws(StorageError) -> [Int] {
        try DatabaseOpener(path: path, schema: .current).pending()
    }
}
