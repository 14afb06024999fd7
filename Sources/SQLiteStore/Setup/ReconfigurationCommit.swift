import Auth
import StoreSupport

/// Commits a change of what setup stored, in the database and in `setup.json`.
///
/// The file is replaced before the COMMIT: what it says counts at a start, so that a crash between the
/// two leaves the change done.
struct ReconfigurationCommit {
    /// What to do.
    let change: Reconfiguration
    /// Changed when it is done.
    let instance: SharedState
    /// The writer's connection, without a transaction.
    let database: Database

    /// Does everything.
    ///
    /// - Returns: Releases the caller.
    /// - Throws: What the work throws, `unavailable`. Nothing has changed then.
    func run() throws(AuthError) -> @Sendable () -> Void {
        try reportingFaults(database.execute("BEGIN IMMEDIATE"))
        defer { database.rollBack() }
        guard try !reportingFaults(SetupMarker.left.isSet(in: database)) else {
            throw SQLiteError.left.unavailable
        }
        let configuration = instance.configuration
        let transaction = SQLiteTransaction(
            on: database, now: configuration.now(), for: change.cause)
        let stored = try reportingFaults(RecordRow.read(from: database))
        var record =
            stored.flatMap(configuration.decodeSetup) ?? instance.state.setup ?? SetupRecord()
        let release = try change.perform(transaction, &record)
        if let fault = transaction.fault { throw fault.unavailable }
        try reportingFaults(RecordRow.write(configuration.encodeSetup(record), to: database))
        let file = try RecordFile(configuration)
        do throws(AuthError) {
            try file.write(record)
            try reportingFaults(database.execute("COMMIT"))
        } catch {
            database.rollBack()
            try file.restore()
            throw error
        }
        instance.cached.apply(transaction.changes)
        instance.keep(record)
        return release
    }
}
