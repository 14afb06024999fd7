import Auth
import StoreSupport
import System

/// The thread that does what no request waits for, on connections of the pool.
///
/// Whatever fails is done another time: nothing of it is lost but by a crash, which loses some seconds of uses
/// and a second of failed logins. Confined to its thread.
final class Maintenance {
    private static let tick: UInt64 = 200_000_000
    /// How long one task may take, in nanoseconds.
    private static let limit: UInt64 = 5_000_000_000
    /// How long each of the last ones may take.
    private static let finalLimit: UInt64 = 1_500_000_000
    /// How long after the start, and after each look whether it is time, purges are looked for.
    private static let purgeInterval = Duration.seconds(60)

    private let instance: SharedState
    private let background: PostgreSQLConfiguration.Background
    private var nextActivity: UInt64
    private var nextExchange: UInt64
    private var nextRenewal: UInt64
    private var nextMailCount: UInt64
    private var nextPurge: UInt64
    private var limit = Maintenance.limit
    /// What could not be told of limits, to be told first.
    private var untold: [UInt8]?

    /// One that has not begun.
    init(_ instance: SharedState, _ background: PostgreSQLConfiguration.Background) {
        self.instance = instance
        self.background = background
        let now = MonotonicClock.now()
        nextActivity = now + instance.cached.activity.interval.nanoseconds
        nextExchange = now
        nextRenewal = now
        nextMailCount = now
        nextPurge = now + Self.purgeInterval.nanoseconds
    }

    private var now: UInt64 { MonotonicClock.now() }

    /// Works until it is ended.
    func run() {
        while true {
            instance.end.wait(until: now + Self.tick)
            guard !instance.end.isEnded else { return finish() }
            background.onTick()
            takeNotes()
            readSecretKeys()
            unlock()
            if now >= nextActivity { writeActivity() }
            if now >= nextExchange {
                exchangeFailures()
                tellUses()
            }
            if now >= nextRenewal { renewClaims() }
            if now >= nextMailCount { countMails() }
            if now >= nextPurge { purge() }
        }
    }

    private func finish() {
        limit = Self.finalLimit
        while writeActivity() {}
        unlock()
        exchangeFailures()
        let id = instance.id
        _ = attempt { (database) throws(PostgreSQLError) in
            try MailClaims.release(in: database, of: id)
        }
    }

    /// Runs a task on a connection.
    ///
    /// - Returns: What it returns; nil after any fault.
    private func attempt<Value: Sendable>(
        _ task: @Sendable (Connection) throws(PostgreSQLError) -> Value
    ) -> Value? {
        try? instance.withConnection(until: now + limit, task)
    }

    private func takeNotes() {
        guard instance.pending.take(.notes) else { return }
        let notes = attempt { (database) throws(PostgreSQLError) in
            try Notes.take(from: database)
        }
        guard let notes else { return instance.pending.note(.notes) }
        for note in notes { background.onNote(note) }
    }

    private func readSecretKeys() {
        guard instance.pending.take(.secretKeys) else { return }
        let keys = attempt { (database) throws(PostgreSQLError) in
            try SecretKeyRows.all(in: database)
        }
        guard let keys else { return instance.pending.note(.secretKeys) }
        background.onSecretKeys(keys)
    }

    private func unlock() {
        guard let failedLogins = instance.failedLogins, instance.pending.take(.unlocks) else {
            return
        }
        let isMore = attempt { (database) throws(PostgreSQLError) in
            try failedLogins.unlock(on: database)
        }
        if isMore != false { instance.pending.note(.unlocks) }
    }

    /// Writes down one batch of what was used, and plans the next.
    ///
    /// What cannot be written is tried again: its loss would end sessions in use where they end unused.
    /// - Returns: Whether there may be more.
    @discardableResult
    private func writeActivity() -> Bool {
        let activity = instance.cached.activity
        let uses = activity.take()
        let isWritten =
            uses.isEmpty
            || attempt { (database) throws(PostgreSQLError) in
                try ActivityRows.write(uses, to: database)
            } != nil
        activity.finish(isWritten: isWritten)
        let isMore = isWritten && uses.count == Activity.batch
        nextActivity = now + (isMore ? 0 : activity.interval.nanoseconds)
        return isMore
    }

    private func exchangeFailures() {
        nextExchange = now + FailedLoginExchange.interval.nanoseconds
        guard let failedLogins = instance.failedLogins else { return }
        _ = attempt { (database) throws(PostgreSQLError) in
            try failedLogins.exchange(on: database)
        }
    }

    /// Tells the other daemons what was used of limits here; they look for it among the changes.
    private func tellUses() {
        untold = untold ?? instance.configuration.limits?.takeUses()
        guard let sealed = untold else { return }
        let uses = SharedUses(daemon: instance.id, sealed: sealed)
        let isTold: Void? = attempt { (database) throws(PostgreSQLError) in
            try uses.leave(in: database)
        }
        if isTold != nil { untold = nil }
    }

    private func renewClaims() {
        nextRenewal = now + MailClaims.interval.nanoseconds
        let id = instance.id
        let isRenewed: Void? = attempt { (database) throws(PostgreSQLError) in
            try MailClaims.renew(in: database, for: id)
        }
        instance.claimWatch.note(isReached: isRenewed != nil, at: now)
    }

    /// Counts the mails that wait, for the transactions that queue one.
    private func countMails() {
        nextMailCount = now + RecentCounts.mailInterval
        guard let counts = instance.recentCounts else { return }
        _ = attempt { (database) throws(PostgreSQLError) in try counts.countMails(in: database) }
    }

    /// Removes one batch of history that is past its retention period, unless another daemon does.
    private func purge() {
        let work = PurgeBatch(instance)
        let isMore = attempt { (database) throws(PostgreSQLError) in try work.run(on: database) }
        nextPurge = now + (isMore == true ? Self.tick : Self.purgeInterval.nanoseconds)
    }
}

extension SharedState {
    /// Runs something on a connection of the pool, once.
    ///
    /// - Parameters:
    ///   - deadline: When it has to be done, in nanoseconds of the monotonic clock.
    ///   - body: Leaves no transaction open.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and what the pool does.
    func withConnection<Value: Sendable>(
        until deadline: UInt64, _ body: @Sendable (Connection) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> Value {
        try pool.withConnection(until: deadline) { database in
            Result { () throws(PostgreSQLError) in try body(database) }
        }.get()
    }
}
