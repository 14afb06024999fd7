import Auth
import StoreSupport
import System

/// The thread that writes: takes jobs from the queue, commits them in groups, and maintains the rows.
///
/// Confined to its thread, with its connection.
final class Writer {
    private static let tick = Duration.milliseconds(200)

    private let instance: SharedState
    private var database: Database?
    /// Of the last look; nil when the connection is new and anything may have changed.
    private var dataVersion: Int64?
    /// Whether another process wrote since notes were last looked for.
    private var mayHaveNotes = true
    private var nextTick: UInt64
    private var nextPurge: UInt64
    /// The time that the purge under way goes by; nil between two.
    private var purgeTime: Timestamp?
    private var nextActivity: UInt64
    private var nextFailures: UInt64
    /// Whether there may be accounts to unlock.
    private var hasUnlocks = false

    /// A writer that has not begun.
    init(_ instance: SharedState) {
        self.instance = instance
        let now = instance.queue.now
        nextTick = now
        nextPurge = now + Purge.firstDelay.nanoseconds
        nextActivity = now + instance.activity.interval.nanoseconds
        nextFailures = now + FailedLoginRows.interval.nanoseconds
    }

    /// The time, in nanoseconds of the monotonic clock.
    private var now: UInt64 { instance.queue.now }

    /// Does all jobs until the queue is closed and empty.
    func run() {
        while true {
            switch instance.queue.next(until: min(nextTick, nextPurge)) {
            case .writes(let group): commit(group)
            case .setUp(let setup, let result): setUp(setup, result)
            case .reconfigure(let change): reconfigure(change)
            case .nothing: break
            case .closed: return finish()
            }
            let now = self.now
            if now >= nextTick {
                nextTick = now + Self.tick.nanoseconds
                instance.configuration.onTick()
                noticeOtherProcesses()
                takeNotes()
                if now >= nextActivity { writeActivity() }
                if now >= nextFailures { writeFailures() }
                if hasUnlocks { unlock() }
            }
            if now >= nextPurge { purge() }
        }
    }

    private func commit(_ group: [Write]) {
        let statistics = instance.statistics
        let start = now
        do throws(SQLiteError) {
            let committed = try GroupCommit(
                group, on: connection(), now: instance.configuration.now(),
                activity: instance.activity)
            statistics.countCommit(
                of: committed.releases.count, nanoseconds: now - start)
            instance.cached.apply(committed.changes)
            if committed.changes.addsForeignPassword { readForeignDecoys() }
            hasUnlocks = hasUnlocks || !committed.changes.unlocked.isEmpty
            for release in committed.releases { release() }
            if committed.fault != nil { database = nil }
        } catch {
            statistics.countFailure()
            drop(after: error)
            for write in group { write.fail(error.unavailable) }
        }
        statistics.countWaits(of: group, until: now)
    }

    /// Before a hash of another system is acknowledged, unknown addresses take as long as it does.
    private func readForeignDecoys() {
        do throws(SQLiteError) {
            let decoys = try connection().foreignDecoys()
            instance.cached.change { $0.foreignDecoys = decoys }
        } catch {
            // The next tick reads everything again.
            dataVersion = nil
        }
    }

    private func setUp(_ setup: SetupJob, _ result: WriteResult<Void>) {
        guard result.begin() else { return }
        do throws(AuthError) {
            let commit = SetupTransaction(
                setup: setup, instance: instance,
                present: try reportingFaults(try connection()), isAwaited: { result.isAwaited })
            try commit.run()
            // Another file may be in use now.
            database = nil
            result.finish(.success(()))
        } catch {
            // A connection to the wrong place is worse than one opened in vain.
            database = nil
            result.finish(.failure(error))
        }
    }

    private func reconfigure(_ change: Reconfiguration) {
        guard change.begin() else { return }
        do throws(AuthError) {
            let commit = ReconfigurationCommit(
                change: change, instance: instance, database: try reportingFaults(try connection()))
            try commit.run()()
        } catch {
            if database?.isInAutocommit == false { database = nil }
            change.fail(error)
        }
    }

    /// Forgets what is in memory when another process has written.
    func noticeOtherProcesses() {
        do throws(SQLiteError) {
            let database = try connection()
            let version = try database.integer("PRAGMA data_version")
            guard version != dataVersion else { return }
            if let content = try RecordRow.read(from: database),
                let record = instance.configuration.decodeSetup(content)
            {
                instance.keep(record)
            }
            instance.replace(
                settings: try Settings(in: database), hasOwner: try database.hasOwner(),
                maxPasswordIterations: try database.maxPasswordIterations(),
                foreignDecoys: try database.foreignDecoys())
            hasUnlocks = true
            // Only now: after a fault the next tick tries again.
            dataVersion = version
            mayHaveNotes = true
        } catch {
            drop(after: error)
        }
    }

    /// Hands on what commands left for the log of this server.
    func takeNotes() {
        guard mayHaveNotes, let onNote = instance.configuration.onNote else { return }
        do throws(SQLiteError) {
            let notes = try Notes.take(from: connection())
            // Only now: after a fault the next tick tries again.
            mayHaveNotes = false
            for note in notes { onNote(note) }
        } catch {
            drop(after: error)
        }
    }

    /// Removes one batch of history that is past its retention period, and plans the next.
    func purge() {
        let kept = (instance.state.setup?.retentionPeriod ?? .standardRetention).seconds
        var isMore = false
        do throws(SQLiteError) {
            let database = try connection()
            let time: Timestamp
            if let purgeTime {
                time = purgeTime
            } else {
                time = try Purge.advance(in: database, to: instance.configuration.now())
                purgeTime = time
            }
            let isMoreHistory = try Purge.removeBatch(
                from: database, endedBefore: time.adding(seconds: -kept))
            let isMoreUnused = try endUnusedSessions(in: database, at: time)
            let isMoreMail = try Purge.trimMails(in: database, at: time)
            let isMoreExpired = try Purge.removeExpired(in: database, at: time)
            isMore =
                try FailedLoginRows.removeEnded(from: database, at: time) || isMoreHistory
                || isMoreUnused || isMoreMail || isMoreExpired
        } catch {
            drop(after: error)
        }
        // The rest waits for the writes that came meanwhile.
        nextPurge = now + (isMore ? 0 : Purge.interval.nanoseconds)
        if !isMore { purgeTime = nil }
    }

    /// Ends one batch of the sessions that went unused for too long.
    ///
    /// - Returns: Whether there may be more.
    /// - Throws: Any fault of SQLite.
    private func endUnusedSessions(
        in database: Database, at time: Timestamp
    ) throws(SQLiteError) -> Bool {
        guard let limit = instance.configuration.idleLimit else { return false }
        let ended = try Purge.endUnused(
            in: database, for: limit, besides: instance.activity, at: time)
        var changes = Changes()
        changes.sessions = ended.flatMap(\.self)
        instance.cached.apply(changes)
        return ended.count == Purge.batch
    }

    /// Writes down one batch of what was used, and plans the next.
    ///
    /// Nothing that is in memory changes by it, nor is it another process's doing. What cannot be
    /// written is tried again: its loss would end sessions in use where they end unused.
    /// - Returns: Whether there may be more.
    @discardableResult
    func writeActivity() -> Bool {
        let uses = instance.activity.take()
        let isMore = uses.count == Activity.batch
        nextActivity = now + (isMore ? 0 : instance.activity.interval.nanoseconds)
        guard !uses.isEmpty else { return false }
        do throws(SQLiteError) {
            try ActivityRows.write(uses, to: connection())
            instance.activity.finish(isWritten: true)
            return isMore
        } catch {
            drop(after: error)
            instance.activity.finish(isWritten: false)
            nextActivity = now + instance.activity.interval.nanoseconds
            return false
        }
    }

    /// Writes down one batch of failed logins, and plans the next.
    ///
    /// What cannot be written is tried again: its loss would help an attacker.
    /// - Returns: Whether there may be more.
    @discardableResult
    func writeFailures() -> Bool {
        guard let failedLogins = instance.configuration.failedLogins else { return false }
        let counts = failedLogins.takeChanges(
            limit: FailedLoginRows.batch, at: instance.configuration.now())
        let isMore = counts.count >= FailedLoginRows.batch
        nextFailures = now + (isMore ? 0 : FailedLoginRows.interval.nanoseconds)
        guard !counts.isEmpty else { return false }
        do throws(SQLiteError) {
            try FailedLoginRows.write(counts, to: connection())
            return isMore
        } catch {
            drop(after: error)
            failedLogins.markChanged(counts)
            nextFailures = now + FailedLoginRows.interval.nanoseconds
            return false
        }
    }

    /// Forgets the failed logins of accounts that were unlocked, here or by another process.
    ///
    /// The order is that of a crash in between: an account is rather unlocked twice than not at all.
    func unlock() {
        guard let failedLogins = instance.configuration.failedLogins else {
            return hasUnlocks = false
        }
        do throws(SQLiteError) {
            let database = try connection()
            let unlocks = try Unlocks(in: database)
            for email in unlocks.emails { failedLogins.clear(at: email) }
            while writeFailures() {}
            try unlocks.remove(from: database)
            hasUnlocks = unlocks.isFull
        } catch {
            drop(after: error)
        }
    }

    private func finish() {
        while writeActivity() {}
        while writeFailures() {}
        if hasUnlocks { unlock() }
        // What cannot be moved into the database now is found in its log at the next start.
        try? database?.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database = nil
    }

    private func connection() throws(SQLiteError) -> Database {
        if let database { return database }
        let opened = try Database(
            path: instance.path(of: instance.database), for: .writing,
            busyMilliseconds: instance.configuration.busyMilliseconds)
        try SetupMarker.removeAll(from: opened)
        database = opened
        dataVersion = nil
        return opened
    }

    private func drop(after error: SQLiteError) {
        // A transaction that could not be ended would be in the way of every later one.
        if error.requiresReconnect || database?.isInAutocommit == false { database = nil }
    }
}
