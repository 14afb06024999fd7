import Auth
import StoreSupport
import System

/// Brings memory up to date with what other daemons and commands have committed.
///
/// Confined to one thread.
struct ChangeFollower {
    private let instance: SharedState
    private let freshness: Freshness
    private var positions = ChangePositions()

    /// One that has read nothing.
    init(_ instance: SharedState, _ freshness: Freshness) {
        self.instance = instance
        self.freshness = freshness
    }

    /// Drops everything, and begins with what is committed now.
    ///
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault: memory is not confirmed then.
    mutating func begin(on database: Connection) throws(PostgreSQLError) {
        let start = MonotonicClock.now()
        positions = ChangePositions()
        _ = positions.advance(to: try ChangeRows.latest(in: database))
        instance.pending.note(.everything)
        _ = instance.pending.take(.state)
        try instance.reloadState(from: database)
        // Last: what was filled in before may be older than the positions.
        instance.cached.invalidateAll()
        freshness.confirm(at: start)
        instance.invalidations.count(\.restarts)
    }

    /// Drops what others have changed since the last time.
    ///
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault: memory is not confirmed then.
    mutating func catchUp(on database: Connection) throws(PostgreSQLError) {
        let start = MonotonicClock.now()
        let found = try ChangeRows.read(from: database, beyond: positions)
        guard positions.advance(to: found) else { return try begin(on: database) }
        try apply(found.stale, from: database)
        for uses in found.uses where uses.daemon != instance.id {
            instance.configuration.limits?.add(uses.sealed)
        }
        freshness.confirm(at: start)
        instance.invalidations.count(\.polls)
    }

    private func apply(
        _ stale: [StaleMemory], from database: Connection
    ) throws(PostgreSQLError) {
        var (changes, topics) = (Changes(), StaleMemory.Topics())
        for one in stale {
            changes.merge(one.changes)
            topics.formUnion(one.topics)
        }
        instance.pending.note(topics)
        if instance.pending.take(.state) { try instance.reloadState(from: database) }
        instance.cached.apply(changes)
        if topics.contains(.everything) { instance.cached.invalidateAll() }
        instance.invalidations.count(\.changes, stale.count)
    }
}
