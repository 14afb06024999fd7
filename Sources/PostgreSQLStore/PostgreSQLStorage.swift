public import Auth
public import StoreSupport
import Synchronization
import System

/// Accounts, sessions and settings in a PostgreSQL database, which several daemons may use at once.
///
/// What setup decides lives in the database.
public final class PostgreSQLStorage: ServerStorage {
    /// When the latest session began before it was opened, by the clock of that time.
    public let latestSignIn: Timestamp
    /// The key under which second factors and passkeys were sealed when it was opened, wrapped; nil where there
    /// were none.
    public let dataKey: [UInt8]?
    /// What all its stores share.
    let instance: SharedState
    private let maintenance: Mutex<Thread?>

    /// How long the start waits for the database, in seconds.
    private static let startSeconds = 10

    /// Connects to the database, makes or migrates its tables, and opens the pool.
    ///
    /// - Parameter configuration: Where it is and how it is used.
    /// - Throws: What keeps it from being used; the description says what to do.
    public init(_ configuration: PostgreSQLConfiguration) throws(PostgreSQLStorageError) {
        let connector = Connector(
            to: configuration.address, password: configuration.password,
            settings: configuration.sessionSettings)
        let opening = try Self.open(connector, for: configuration)
        latestSignIn = opening.latestSignIn
        dataKey = opening.dataKey
        do throws(SystemError) {
            instance = try SharedState(configuration, state: opening.state, connector: connector)
        } catch {
            throw PostgreSQLStorageError(configuration.address, error.description)
        }
        do throws(PostgreSQLError) {
            if let failedLogins = instance.failedLogins {
                try instance.withConnection(until: Self.deadline) {
                    (database) throws(PostgreSQLError) in
                    try failedLogins.restore(from: database)
                }
            }
        } catch {
            throw PostgreSQLStorageError(configuration.address, .database(error))
        }
        do throws(SystemError) {
            try instance.follow()
            maintenance = Mutex(try instance.maintain())
        } catch {
            instance.announcer.close()
            instance.pool.close()
            throw PostgreSQLStorageError(configuration.address, error.description)
        }
    }

    deinit {
        close()
    }

    /// A store for one thread, cheap until it is used.
    ///
    /// - Parameter mayWait: Whether the thread may wait for the database. Without, nothing but memory is
    ///   asked and everything else throws `notInMemory`, writes too.
    /// - Returns: A store confined to the thread that uses it.
    public func store(mayWait: Bool) -> any ServerStore {
        PostgreSQLStore(instance, mayWait: mayWait)
    }

    /// What the server knows about itself.
    public var state: InstanceState { instance.cached.state }

    /// What the storage reports about its writes.
    public var statistics: StoreStatistics {
        instance.runner.statistics.writes(waiting: instance.pool.statistics.waiting)
    }

    /// What its connections are doing.
    public var connections: PoolStatistics { instance.pool.statistics }

    /// How often transactions were tried again.
    public var retries: RetryStatistics { instance.runner.statistics.snapshot }

    /// How memory is kept up to date with other daemons.
    public var invalidation: InvalidationStatistics {
        instance.invalidations.snapshot(instance.freshness)
    }

    /// Writes down what is in memory alone, closes the connections, and refuses further use.
    public func close() {
        instance.announcer.close()
        instance.end.end()
        let thread = maintenance.withLock { $0.take() }
        thread?.join()
        instance.pool.close()
    }

    /// Brings a database to the schema of this program.
    ///
    /// - Throws: What keeps it from being used.
    public static func migrate(
        _ configuration: PostgreSQLConfiguration
    ) throws(PostgreSQLStorageError) {
        try withConnection(for: configuration) { (database) throws(SchemaError) in
            try Schema.current.prepare(database, migrating: true)
        }
    }

    /// The numbers of the migrations that a database lacks; writes nothing.
    ///
    /// - Returns: Ascending numbers.
    /// - Throws: What makes the database unusable.
    public static func pendingMigrations(
        _ configuration: PostgreSQLConfiguration
    ) throws(PostgreSQLStorageError) -> [Int] {
        try withConnection(for: configuration) { (database) throws(SchemaError) in
            try Schema.current.pending(in: database)
        }
    }

    /// What the start reads.
    private struct Opening {
        let state: InstanceState
        let latestSignIn: Timestamp
        let dataKey: [UInt8]?
    }

    private static func open(
        _ connector: Connector, for configuration: PostgreSQLConfiguration
    ) throws(PostgreSQLStorageError) -> Opening {
        try withConnection(of: connector) { (database) throws(SchemaError) in
            try Schema.current.prepare(
                database, migrating: configuration.migratesAutomatically)
            do throws(PostgreSQLError) {
                database.deadline = deadline
                try Purge.begin(in: database, at: configuration.now())
                return Opening(
                    state: try InstanceState(in: database, configuration.decodeSetup),
                    latestSignIn: try database.latestSignIn(), dataKey: try database.dataKeyInUse())
            } catch {
                throw .database(error)
            }
        }
    }

    static var deadline: UInt64 {
        MonotonicClock.now() + Duration.seconds(startSeconds).nanoseconds
    }

    /// Does something on a connection of its own, which is closed then.
    ///
    /// - Throws: What keeps it from being done.
    static func withConnection<Value>(
        for configuration: PostgreSQLConfiguration,
        _ body: (Connection) throws(SchemaError) -> Value
    ) throws(PostgreSQLStorageError) -> Value {
        try withConnection(
            of: Connector(
                to: configuration.address, password: configuration.password,
                settings: configuration.sessionSettings), body)
    }

    /// As `withConnection(for:_:)`, to wherever a connector leads.
    static func withConnection<Value>(
        of connector: Connector, _ body: (Connection) throws(SchemaError) -> Value
    ) throws(PostgreSQLStorageError) -> Value {
        do throws(SchemaError) {
            let database: Connection
            do throws(PostgreSQLError) {
                database = try connector.open()
            } catch {
                throw .database(error)
            }
            database.deadline = deadline
            return try body(database)
        } catch {
            throw PostgreSQLStorageError(connector.address, error)
        }
    }
}
