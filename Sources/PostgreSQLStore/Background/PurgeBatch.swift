import Auth
import StoreSupport

/// One batch of the purge, in two transactions: what ends sessions may be slow, and holds up no removal.
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
    /// - Throws: Any fault; what was done before it stays so.
    func run(on database: Connection) throws(PostgreSQLError) -> Bool {
        let isMore = try ChangeRows.removeOld(from: database)
        try CommitMarker.deleteUnused(in: database)
        let hasTurn = try takeTurn(on: database) { (turn) throws(PostgreSQLError) in
            turn.isRemoving = try remove(from: database, at: turn.time)
            return Changes()
        }
        guard hasTurn else { return isMore }
        let isUnderWay = try takeTurn(on: database) { (turn) throws(PostgreSQLError) in
            try endUnused(in: database, &turn)
        }
        return isMore || isUnderWay
    }

    /// Does a part of the batch in a transaction, unless another daemon has the turn.
    ///
    /// - Parameters:
    ///   - database: Without a transaction.
    ///   - part: Says how far it got, and returns what it changed.
    /// - Returns: Whether there is more for this daemon to do.
    /// - Throws: Any fault: nothing of the part is done then.
    private func takeTurn(
        on database: Connection,
        _ part: (inout PurgeTurn) throws(PostgreSQLError) -> Changes
    ) throws(PostgreSQLError) -> Bool {
        let marker = CommitMarker(nextOf: database)
        database.begin(.readCommitted, with: [marker.statement])
        do throws(PostgreSQLError) {
            guard var turn = try PurgeTurn(lockedIn: database),
                turn.proceed(at: instance.configuration.now())
            else {
                database.rollBack()
                return false
            }
            let changes = try part(&turn)
            try turn.save(in: database)
            let stale = StaleMemory(changes)
            try database.commit(
                after: stale.isEmpty ? [] : [ChangeRows.insertion(stale, by: marker)])
            instance.cached.apply(changes)
            if !stale.isEmpty { instance.announcer.announce() }
            return turn.isUnderWay
        } catch {
            database.rollBack()
            throw error
        }
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
        in database: Connection, _ turn: inout PurgeTurn
    ) throws(PostgreSQLError) -> Changes {
        var changes = Changes()
        guard let limit = instance.configuration.idleLimit, let position = turn.position else {
            turn.position = nil
            return changes
        }
        let (ended, next) = try Purge.endUnused(
            in: database, after: position, for: limit, besides: instance.cached.activity,
            at: turn.time)
        changes.sessions = ended.flatMap(\.self)
        turn.position = next
        return changes
    }
}
