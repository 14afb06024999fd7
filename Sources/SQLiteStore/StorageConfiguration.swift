public import Auth

/// Everything a `Storage` is told.
///
/// It reads no file and no clock but through this.
public struct StorageConfiguration: Sendable {
    /// Absolute path of an existing directory that only the daemon's user may enter (mode 0700).
    public var dataDirectory: String
    /// The database in use is `<dataDirectory>/<databaseName>.db`.
    public var databaseName: String
    /// Whether a database is made where there is none, or its absence refused.
    public var makesDatabase = true
    /// Whether a pending migration runs at the start, or refuses it.
    public var migratesAutomatically: Bool
    /// What sessions, accounts and API keys kept in memory may occupy, in bytes; 0 keeps none.
    public var cacheBytes: Int
    /// The content of `setup.json`, if there is one.
    public var setup: SetupRecord?
    /// The present time.
    public var now: @Sendable () -> Timestamp
    /// The public form of an account, made once for each that is cached.
    public var profile: @Sendable (Account) -> [UInt8]
    /// The content of `setup.json` for a record.
    public var encodeSetup: @Sendable (SetupRecord) -> [UInt8]
    /// The record for a content of `setup.json`; nil for what is none.
    public var decodeSetup: @Sendable ([UInt8]) -> SetupRecord?
    /// Whether a database that is absent has been lost, and is no new one to be made.
    public var isSetUp = false
    /// Whether the record is written into the database at the start, as the one daemon does.
    public var keepsSetup = false
    /// Called about every 200 ms on the writer's thread; must return soon.
    public var onTick: @Sendable () -> Void
    /// Called on the writer's thread when a mail became due; must return soon.
    public var onMail: @Sendable () -> Void
    /// Called at the start when the database was too large to be looked through for damage in time.
    public var onPartialInspection: @Sendable () -> Void = {}
    /// Called on the writer's thread with each line that a command left for the log of this server.
    ///
    /// It must return soon. Nil where no server runs: then the lines stay for one.
    public var onNote: (@Sendable (String) -> Void)?
    /// How long a write may wait, in seconds.
    public var writeSeconds: Int
    /// How long a session may go unused; nil for as long as it lasts.
    public var idleLimit: IdleLimit?
    /// Who failed to sign in: read at the start, written down while the server runs; nil to do neither.
    public var failedLogins: FailedLogins?

    /// A configuration; without values for the last three, nothing happens at a tick or for a mail, and
    /// a write waits at most 5 seconds.
    public init(
        dataDirectory: String, databaseName: String, migratesAutomatically: Bool,
        cacheBytes: Int, setup: SetupRecord?,
        now: @escaping @Sendable () -> Timestamp,
        profile: @escaping @Sendable (Account) -> [UInt8],
        encodeSetup: @escaping @Sendable (SetupRecord) -> [UInt8],
        decodeSetup: @escaping @Sendable ([UInt8]) -> SetupRecord?,
        onTick: @escaping @Sendable () -> Void = {},
        onMail: @escaping @Sendable () -> Void = {}, writeSeconds: Int = 5
    ) {
        self.dataDirectory = dataDirectory
        self.databaseName = databaseName
        self.migratesAutomatically = migratesAutomatically
        self.cacheBytes = cacheBytes
        self.setup = setup
        self.now = now
        self.profile = profile
        self.encodeSetup = encodeSetup
        self.decodeSetup = decodeSetup
        self.onTick = onTick
        self.onMail = onMail
        self.writeSeconds = writeSeconds
    }

    /// The file of the database of this name.
    public func path(ofDatabase name: String) -> String { "\(dataDirectory)/\(name).db" }

    /// The file that says which database is in use.
    var setupPath: String { "\(dataDirectory)/setup.json" }

    /// How long SQLite waits for the lock of another process: so long that a write which waited for
    /// nothing else still gets its answer in time.
    var busyMilliseconds: Int32 { Int32(min(max(writeSeconds, 0), 4)) * 500 }
}
