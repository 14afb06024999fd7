import Bytes
import CPostgreSQL
import Crypto
import System

/// One session with the server, by libpq, which waits for nothing longer than its deadline.
///
/// All statements go through libpq's pipeline mode (PostgreSQL 15 manual, 34.5): those that are sent
/// together cost one round trip. Used by one thread at a time, the one that has it from the pool.
///
/// Once `isUsable` is false, every call throws; closing it ends its transaction, and the statement that it
/// waited for: the server looks for clients that are gone (`client_connection_check_interval`) and has a
/// `statement_timeout`. A cancel request would need a connection that may hang like this one.
@safe final class Connection {
    /// How statements are prepared.
    enum Pooling {
        /// Under a name, once for each connection.
        case session
        /// Without a name each time: the next transaction may run in another session (PgBouncer before
        /// 1.21 in transaction mode).
        case transaction
    }

    /// What every session is told before its first statement, and again for each transaction where
    /// sessions are pooled.
    struct SessionSettings: Equatable {
        /// After how many milliseconds the server gives up a statement.
        var statementMilliseconds = 5_000
        /// How statements are prepared.
        var pooling = Pooling.session
    }

    /// The functions of libpq.
    let library: cpostgresql_functions
    /// The connection as libpq knows it.
    let handle: OpaquePointer
    /// Names the connection in the database, whatever session it has there; `CommitMarker` gives it
    /// another one from time to time.
    var id = UUID.random()
    /// How many transactions that write it has begun under this name.
    var writes: Int64 = 0
    /// Receives what the server tells beside its results.
    private let notices: UnsafeMutablePointer<Notices>
    /// What the session was told.
    let settings: SessionSettings
    /// When the pool gives it up, in nanoseconds of the monotonic clock.
    let expiresAt = MonotonicClock.now() + UInt64.random(in: longestUse / 2...longestUse)
    /// When what is asked next has to be answered, in nanoseconds of the monotonic clock.
    ///
    /// The pool sets it for each use.
    var deadline: UInt64
    /// When the server answered last, in nanoseconds of the monotonic clock.
    var answeredAt = MonotonicClock.now()
    /// Whether it may still be used.
    var isUsable = true
    /// Whether the server let a deadline pass.
    private(set) var hasTimedOut = false
    /// Whether a transaction is open or about to be.
    var isInTransaction = false
    /// Names of prepared statements, by their text.
    var statements: [String: String] = [:]
    /// How many names were given, so that none is given twice.
    var namesGiven = 0
    /// Sent before the next statement, in the same round trip.
    var deferred: [Query] = []

    /// How long a connection is used at most, in nanoseconds: a server's process grows with age, and
    /// connections have to find their way back to a server that was away.
    private static let longestUse: UInt64 = 3_600_000_000_000
    /// The most prepared statements: one more is sent without a name.
    static let maximumStatements = 1_000

    /// Takes over a connection that libpq has opened.
    ///
    /// - Parameters:
    ///   - handle: A connection whose state is `CONNECTION_OK`.
    ///   - library: The functions of libpq.
    ///   - settings: What to tell the session.
    ///   - deadline: When that has to be done.
    /// - Throws: What the server said against the settings; `timedOut`.
    init(
        owning handle: OpaquePointer, of library: cpostgresql_functions, settings: SessionSettings,
        deadline: UInt64
    ) throws(PostgreSQLError) {
        self.library = library
        unsafe self.handle = handle
        unsafe notices = .allocate(capacity: 1)
        unsafe notices.initialize(to: Notices(library))
        self.settings = settings
        self.deadline = deadline
        guard unsafe library.PQsetnonblocking(handle, 1) == 0,
            unsafe library.PQenterPipelineMode(handle) == 1
        else { throw lost() }
        // By itself, libpq writes notices to standard error.
        _ = unsafe library.PQsetNoticeReceiver(handle, { unsafe Notices.receive($0, $1) }, notices)
        // Where sessions are pooled nothing but the settings of one transaction is sent: a proxy accepts
        // clients also while there is no server behind it.
        _ = try exchange(settings.pooling == .session ? [sessionSettings(isLocal: false)] : [])
    }

    deinit {
        unsafe library.PQfinish(handle)
        unsafe notices.deinitialize(count: 1)
        unsafe notices.deallocate()
    }

    /// Whether the server has warned since this was set to false.
    var hasWarning: Bool {
        get { unsafe notices.pointee.hasWarning }
        set { unsafe notices.pointee.hasWarning = newValue }
    }

    /// The version of the server, as 150_020 for 15.20.
    var serverVersion: Int { Int(unsafe library.PQserverVersion(handle)) }

    /// Whether it can be used, as far as its socket says without waiting.
    ///
    /// A server that stopped since the last statement has closed it.
    func isAlive() -> Bool {
        guard isUsable else { return false }
        // What a server says before it closes is read first, the end of the connection after it.
        while SocketWait.wait(for: socket, .readable, until: 0) {
            guard unsafe library.PQconsumeInput(handle) == 1,
                unsafe library.PQstatus(handle) == CONNECTION_OK
            else {
                isUsable = false
                return false
            }
        }
        return true
    }

    /// Marks it as lost.
    ///
    /// - Returns: Why, as far as libpq says; its messages of a connection quote no value.
    func lost() -> PostgreSQLError {
        isUsable = false
        let message = unsafe library.PQerrorMessage(handle).map { unsafe String(cString: $0) } ?? ""
        return PostgreSQLError(
            kind: .connectionLost,
            message: message.isEmpty ? "the connection was lost" : message.singleLine)
    }

    /// Marks it as too slow.
    func timedOut() -> PostgreSQLError {
        isUsable = false
        hasTimedOut = true
        return PostgreSQLError(kind: .timedOut, message: "the database did not answer in time")
    }

    /// The statement that tells a session, or a transaction, its settings.
    ///
    /// Sequential scans are avoided since a serialisable transaction that scans a small table conflicts
    /// with every other that writes to it. Where no index helps, the planner's penalty for that would have the
    /// statement compiled, which takes longer than any of them: 30 ms of a core for a login (`jit`). A commit
    /// waits for the disk whatever the role's default is.
    func sessionSettings(isLocal: Bool) -> Query {
        var names = [
            "statement_timeout": "\(settings.statementMilliseconds)",
            "idle_in_transaction_session_timeout": "\(settings.statementMilliseconds * 2)",
            "enable_seqscan": "off",
        ]
        if serverVersion >= 110_000 { names["jit"] = "off" }
        if serverVersion >= 140_000 { names["client_connection_check_interval"] = "500" }
        let sorted = names.sorted { $0.key < $1.key }
        return Query(
            """
            SELECT set_config(name, value, $3) FROM unnest($1::text[], $2::text[]) AS setting (name, value)
            UNION ALL SELECT set_config('synchronous_commit', 'on', $3)
            WHERE current_setting('synchronous_commit') = 'off'
            """,
            [.texts(sorted.map(\.key)), .texts(sorted.map(\.value)), .boolean(isLocal)])
    }
}

/// A statement with its values.
struct Query {
    /// The text, with `$1` and so on where the values go.
    let sql: String
    /// The values.
    let values: [SQLValue]

    /// A statement.
    init(_ sql: String, _ values: [SQLValue] = []) {
        self.sql = sql
        self.values = values
    }
}

extension String {
    /// Its lines joined by `; `: libpq ends its messages with a newline.
    var singleLine: String {
        split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(
            separator: "; ")
    }
}
