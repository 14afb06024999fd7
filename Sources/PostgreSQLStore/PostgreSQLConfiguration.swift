public import Auth
public import Crypto

/// Everything a `PostgreSQLStorage` is told.
///
/// It reads no file and no clock but through this; libpq reads a passfile, `PGPASSWORD` and certificates.
public struct PostgreSQLConfiguration: Sendable {
    /// The servers and the database.
    public var address: DatabaseAddress
    /// The password of the role; nil for that of a passfile or of `PGPASSWORD`, if one is needed.
    public var password: Secret?
    /// The most connections.
    public var connections = 8
    /// Whether each transaction may run in another session: behind a proxy that pools transactions.
    public var poolsTransactions = false
    /// Whether a pending migration runs at the start, or refuses it; an empty database always gets its
    /// tables.
    public var migratesAutomatically = true
    /// What sessions, accounts and API keys kept in memory may occupy, in bytes; 0 keeps none.
    public var cacheBytes: Int
    /// The present time.
    public var now: @Sendable () -> Timestamp
    /// The public form of an account, made once for each that is cached.
    public var profile: @Sendable (Account) -> [UInt8]
    /// What the database keeps of a record.
    public var encodeSetup: @Sendable (SetupRecord) -> [UInt8]
    /// The record for what the database keeps; nil for what is none.
    public var decodeSetup: @Sendable ([UInt8]) -> SetupRecord?
    /// Called on the thread that committed when a mail became due; must return soon.
    public var onMail: @Sendable () -> Void = {}
    /// How long a write may wait, in seconds.
    public var writeSeconds = 5
    /// How long a read may wait, in seconds.
    public var readSeconds = 5
    /// How long a session may go unused; nil for as long as it lasts.
    public var idleLimit: IdleLimit?
    /// Who failed to sign in; nil where no one is counted.
    public var failedLogins: FailedLogins?
    /// The limits that daemons count together; nil where none are counted.
    public var limits: Throttle?
    /// What runs beside the requests; nil for a command, which must not keep anything in memory where
    /// others change it.
    public var background: Background?

    /// A configuration of what has no default.
    public init(
        address: DatabaseAddress, password: Secret?, cacheBytes: Int,
        now: @escaping @Sendable () -> Timestamp,
        profile: @escaping @Sendable (Account) -> [UInt8],
        encodeSetup: @escaping @Sendable (SetupRecord) -> [UInt8],
        decodeSetup: @escaping @Sendable ([UInt8]) -> SetupRecord?
    ) {
        self.address = address
        self.password = password
        self.cacheBytes = cacheBytes
        self.now = now
        self.profile = profile
        self.encodeSetup = encodeSetup
        self.decodeSetup = decodeSetup
    }

    /// What each session with the server is told.
    ///
    /// The server gives a statement up a little before the daemon gives the connection up, which costs a
    /// new one.
    var sessionSettings: Connection.SessionSettings {
        var settings = Connection.SessionSettings()
        settings.statementMilliseconds = max(1, max(writeSeconds, readSeconds)) * 1_000
        settings.pooling = poolsTransactions ? .transaction : .session
        return settings
    }
}
