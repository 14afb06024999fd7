import Auth
import Crypto
import StoreSupport

/// One unit of work, in a transaction of its own: serialisable, but for that of the linker of events.
///
/// Confined to the thread that has the connection. An error of the server ends the transaction there: a
/// verb that expects a conflict says `ON CONFLICT DO NOTHING` and looks at the number of rows.
final class PostgreSQLTransaction: QueuedTransaction {
    /// Its connection.
    let database: Connection
    /// The one time at which everything in it happens.
    let now: Timestamp
    /// Who and what it is for.
    let cause: Cause
    /// Names this daemon in the database.
    let daemon: UUID
    /// The uses that are not written down yet.
    let activity: Activity
    /// What was counted outside of it; nil for a command.
    let recentCounts: RecentCounts?

    /// What it changed so far of what is kept in memory.
    var changes = Changes()
    /// The first fault of the database: such a transaction is never committed, even when the work goes on.
    private(set) var fault: PostgreSQLError?

    /// A unit of work at `now`.
    init(
        on database: Connection, now: Timestamp, for cause: Cause, daemon: UUID,
        activity: Activity, recentCounts: RecentCounts?
    ) {
        self.database = database
        self.now = now
        self.cause = cause
        self.daemon = daemon
        self.activity = activity
        self.recentCounts = recentCounts
    }

    /// Runs a statement, and remembers its fault.
    @discardableResult
    func run<Value>(
        _ statement: @autoclosure () throws(PostgreSQLError) -> Value
    ) throws(AuthError) -> Value {
        do {
            return try statement()
        } catch {
            throw note(error)
        }
    }

    /// Remembers a fault: the transaction is never committed.
    func note(_ error: PostgreSQLError) -> AuthError {
        fault = fault ?? error
        return error.unavailable
    }
}
