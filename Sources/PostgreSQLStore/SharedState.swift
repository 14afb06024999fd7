import Auth
import Crypto
import StoreSupport
import Synchronization
import System

/// What all stores of one daemon share.
final class SharedState: Sendable {
    /// Names this daemon in the database.
    let id = UUID.random()
    /// How the storage is used.
    let configuration: PostgreSQLConfiguration
    /// What is kept in memory.
    let cached: CachedState
    /// The connections.
    let pool: ConnectionPool
    /// Runs reads and units of work on them.
    let runner: TransactionRunner
    /// Until when memory may answer; nil for always.
    let freshness: Freshness?
    /// Has other daemons learn of what this one changed.
    let announcer: Announcer
    /// Whether mails may be sent that another daemon had claimed.
    let claimWatch = ClaimWatch()
    /// What is not counted each time; nil for a command.
    let recentCounts: RecentCounts?
    /// What others left to do.
    let pending = PendingTasks()
    /// Ends what runs beside the requests.
    let end: EndSignal
    /// What is counted together with other daemons; nil where no one is counted.
    let failedLogins: FailedLoginExchange?
    /// How memory is kept up to date.
    let invalidations = InvalidationCounters()
    /// Which reading of the state is the latest.
    private let readings = Mutex(Readings())

    /// The state at the start.
    ///
    /// - Parameters:
    ///   - configuration: How the storage is used.
    ///   - state: What the database says.
    ///   - connector: Opens the connections.
    /// - Throws: When the process has no descriptor or thread left.
    init(
        _ configuration: PostgreSQLConfiguration, state: InstanceState, connector: Connector
    ) throws(SystemError) {
        self.configuration = configuration
        freshness = configuration.background.map { Freshness(staleSeconds: $0.staleSeconds) }
        recentCounts = configuration.background.map { RecentCounts(keptFor: $0.countSeconds) }
        announcer = try Announcer()
        end = try EndSignal()
        failedLogins = configuration.failedLogins.map(FailedLoginExchange.init)
        cached = CachedState(
            state, cacheBytes: configuration.cacheBytes, idleLimit: configuration.idleLimit,
            observers: CachedState.Observers(
                profile: configuration.profile, onMail: configuration.onMail,
                failedLogins: configuration.failedLogins), freshness: freshness)
        pool = try ConnectionPool(size: configuration.connections, connector: connector)
        runner = TransactionRunner(
            pool: pool, now: configuration.now, statistics: TransactionStatistics(), daemon: id,
            recentCounts: recentCounts)
    }

    /// Reads what the server knows about itself.
    ///
    /// Of several threads that do, what the one read that began last is kept: it sees what those before it saw,
    /// which may end later, as on a connection that has gone silent.
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault; what was known stays.
    func reloadState(from database: Connection) throws(PostgreSQLError) {
        let reading = readings.withLock { $0.begin() }
        let state = try InstanceState(in: database, configuration.decodeSetup)
        readings.withLock { readings in
            if readings.isLatest(reading) { cached.change { $0 = state } }
        }
    }

    /// Readings of the state, numbered in the order of their begin.
    private struct Readings {
        private var begun: UInt64 = 0
        private var kept: UInt64 = 0

        /// The number of another one.
        mutating func begin() -> UInt64 {
            begun += 1
            return begun
        }

        /// Whether none that began later is kept; then this one is.
        mutating func isLatest(_ number: UInt64) -> Bool {
            guard number > kept else { return false }
            kept = number
            return true
        }
    }
}

extension InstanceState {
    /// What a database says.
    ///
    /// - Throws: Any fault.
    init(
        in database: Connection, _ decodeSetup: ([UInt8]) -> SetupRecord?
    ) throws(PostgreSQLError) {
        let hasOwner = try database.hasOwner()
        self.init(
            settings: try Settings(in: database), hasOwner: hasOwner,
            setup: hasOwner ? try RecordRow.read(from: database).flatMap(decodeSetup) : nil,
            maxPasswordIterations: try database.maxPasswordIterations(),
            foreignDecoys: try database.foreignDecoys())
    }
}

extension Connection {
    /// When the latest of the sessions that end last began; 1970 where there is none.
    ///
    /// - Throws: Any fault.
    func latestSignIn() throws(PostgreSQLError) -> Timestamp {
        Timestamp(
            milliseconds: try integer(
                """
                SELECT coalesce(max(created_at), 0) FROM (
                    SELECT created_at FROM sessions
                    ORDER BY coalesce(ended_at, expires_at) DESC LIMIT 100) AS latest
                """))
    }
}
