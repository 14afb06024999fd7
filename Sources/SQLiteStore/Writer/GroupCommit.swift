import Auth
import StoreSupport

/// Several writes in one transaction: one flush of the disk for all of them.
///
/// Each has its savepoint: a write that is refused costs the others nothing.
struct GroupCommit {
    /// What all committed writes changed together.
    private(set) var changes = Changes()
    /// Releases every caller, each with the result of its own write.
    private(set) var releases: [@Sendable () -> Void] = []
    /// A fault of one write after which the connection has to be opened again.
    private(set) var fault: SQLiteError?

    private static let begin = "SAVEPOINT member"
    private static let keep = "RELEASE member"
    private static let undo = "ROLLBACK TO member"

    /// Commits a group.
    ///
    /// - Parameters:
    ///   - group: In order; those whose caller gave up are left out.
    ///   - database: The writer's connection, without a transaction.
    ///   - now: The time of all of them.
    ///   - activity: What was used and is not written down yet.
    /// - Throws: The fault that took the whole transaction. Nothing of the group remains then, and
    ///   no caller has a result.
    init(
        _ group: [Write], on database: Database, now: Timestamp, activity: Activity
    ) throws(SQLiteError) {
        try database.execute("BEGIN IMMEDIATE")
        do throws(SQLiteError) {
            guard try !SetupMarker.left.isSet(in: database) else { throw SQLiteError.left }
            for write in group where write.begin() {
                try perform(
                    write,
                    in: SQLiteTransaction(
                        on: database, now: now, for: write.cause, activity: activity))
            }
            try database.execute("COMMIT")
        } catch {
            database.rollBack()
            throw error
        }
    }

    private mutating func perform(
        _ write: Write, in transaction: SQLiteTransaction
    ) throws(SQLiteError) {
        let database = transaction.database
        try database.execute(Self.begin)
        let result = Result { () throws(AuthError) in
            let release = try write.perform(transaction)
            if let fault = transaction.fault { throw fault.unavailable }
            return release
        }
        if let fault = transaction.fault {
            // A full disk, among others, makes SQLite roll back everything by itself.
            if database.isInAutocommit { throw fault }
            if fault.requiresReconnect { self.fault = fault }
        }
        switch result {
        case .success(let release):
            changes.merge(transaction.changes)
            releases.append(release)
        case .failure(let error):
            try database.execute(Self.undo)
            releases.append { write.fail(error) }
        }
        try database.execute(Self.keep)
    }
}
