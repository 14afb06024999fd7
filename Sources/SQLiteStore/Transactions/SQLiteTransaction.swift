import Auth
import Crypto
import StoreSupport

/// One unit of work on the writer's connection, inside its savepoint.
///
/// Confined to the writer.
final class SQLiteTransaction: QueuedTransaction {
    /// The writer's connection.
    let database: Database
    let now: Timestamp
    let cause: Cause
    /// The uses that are not written down yet.
    let activity: Activity

    /// What it changed so far of what is kept in memory.
    var changes = Changes()
    /// The first fault of SQLite: such a transaction is never committed, even when the work goes on.
    private(set) var fault: SQLiteError?

    /// A unit of work at `now`.
    init(
        on database: Database, now: Timestamp, for cause: Cause = .server,
        activity: Activity = Activity()
    ) {
        self.cause = cause
        self.database = database
        self.now = now
        self.activity = activity
    }

    func save(_ settings: Settings) throws(AuthError) {
        try run(settings.save(in: database))
        changes.settings = settings
    }

    func clearFailedLogins(of account: Account) throws(AuthError) {
        try run(Unlocks.add(account, to: database))
        changes.unlocked.append(account.email)
    }

    func probe() throws(AuthError) {
        try run(
            database.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', ?)",
                .text(now.rfc3339)))
    }

    func insertNote(_ text: String) throws(AuthError) {
        try run(database.execute("INSERT INTO notes (text) VALUES (?)", .text(text)))
    }

    func deleteNotes(keeping count: Int) throws(AuthError) {
        try run(
            database.execute(
                "DELETE FROM notes WHERE key <= (SELECT max(key) FROM notes) - ?",
                .integer(Int64(count))))
    }

    func settings() throws(AuthError) -> Settings {
        try run(Settings(in: database))
    }

    /// Runs a statement, and remembers its fault.
    func run<Value>(
        _ statement: @autoclosure () throws(SQLiteError) -> Value
    ) throws(AuthError) -> Value {
        do {
            return try statement()
        } catch {
            throw note(error)
        }
    }

    /// Remembers a fault: the transaction is never committed.
    func note(_ error: SQLiteError) -> AuthError {
        fault = fault ?? error
        return error.unavailable
    }
}
