import Auth
import StoreSupport
import System

/// What all stores of one daemon share.
final class SharedState: Sendable {
    /// How the storage is used.
    let configuration: PostgreSQLConfiguration
    /// What is kept in memory.
    let cached: CachedState
    /// The connections.
    let pool: ConnectionPool
    /// Runs reads and units of work on them.
    let runner: TransactionRunner

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
        cached = CachedState(
            state, cachedSessions: configuration.cachedSessions,
            cachedAccounts: configuration.cachedAccounts, idleLimit: configuration.idleLimit,
            observers: CachedState.Observers(
                profile: configuration.profile, onMail: configuration.onMail,
                failedLogins: configuration.failedLogins))
        pool = try ConnectionPool(size: configuration.connections, connector: connector)
        runner = TransactionRunner(
            pool: pool, now: configuration.now, statistics: TransactionStatistics())
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
            maxPasswordIterations: try database.maxPasswordIterations())
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
