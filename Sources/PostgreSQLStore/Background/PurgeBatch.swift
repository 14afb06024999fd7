import Auth
import StoreSupport

/// One batch of the purge, in a transaction of its own.
struct PurgeBatch: Sendable {
    private let instance: SharedState

    /// A batch that was not begun.
    init(_ instance: SharedState) {
        self.instance = instance
    }

    /// Does it.
    ///
    /// - Parameter database: Without a transaction.
    /// - Returns: Whether there may be more for this daemon to do.
    /// - Throws: Any fault: nothing is removed then.
    func run(on database: Connection) throws(PostgreSQLError) -> Bool {
        var isMore = try ChangeRows.removeOld(from: database)
        try CommitMarker.deleteUnused(in: database)
        let now = instance.configuration.now()
        let marker = CommitMarker(nextOf: database)
        database.begin(.readCommitted, with: [marker.statement])
        do throws(PostgreSQLError) {
            guard var turn = try PurgeTurn(lockedIn: database), turn.proceed(at: now) else {
                database.rollBack()
                return isMore
            }
            let ended = try endUnused(in: database, at: turn.time)
            turn.isUnderWay =
                try remove(from: database, at: turn.time) || ended.count == Purge.batch
            try turn.save(in: database)
            var changes = Changes()
            changes.sessions = ended.flatMap(\.self)
            let stale = StaleMemory(changes)
            try database.commit(
                after: stale.isEmpty ? [] : [ChangeRows.insertion(stale, by: marker)])
            instance.cached.apply(changes)
            if !stale.isEmpty { instance.announcer.announce() }
            isMore = isMore || turn.isUnderWay
        } catch {
            database.rollBack()
            throw error
        }
        return isMore
    }

    private func remove(
        from database: Connection, at time: Timestamp
    ) throws(PostgreSQLError) -> Bool {
        let kept = (instance.cached.state.setup?.retentionPeriod ?? .standardRetention).seconds
        let isMoreHistory = try Purge.removeBatch(
            from: database, endedBefore: time.adding(seconds: -kept))
        let isMoreMail = try Purge.trimMails(in: database, at: time)
        let isMoreExpired = try Purge.removeExpired(from: database, at: time)
        let isMoreFailures = try FailedLoginRows.removeEnded(from: database)
        return isMoreHistory || isMoreMail || isMoreExpired || isMoreFailures
    }

    private func endUnused(
        in database: Connection, at time: Timestamp
    ) throws(PostgreSQLError) -> [[Session.Key]] {
        guard let limit = instance.configuration.idleLimit else { return [] }
        return try Purge.endUnused(
            in: database, for: limit, besides: instance.cached.activity, at: time)
    }
}
