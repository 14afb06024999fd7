import Auth
import StoreSupport

extension SharedState {
    /// Drops what a commit made stale, and tells other daemons; called before the commit is answered.
    ///
    /// - Parameters:
    ///   - changes: What it changed.
    ///   - deadline: When that has to be done, in nanoseconds of the monotonic clock.
    func apply(_ changes: Changes, until deadline: UInt64) {
        let stale = StaleMemory(changes)
        var changes = changes
        if changes.concernsState, reloadState(until: deadline) {
            // What was read may be of a later commit. Where nothing was, it is read with the next look.
            changes.settings = nil
            changes.hasOwner = nil
        }
        cached.apply(changes)
        pending.note(stale.topics)
        if configuration.background != nil, !stale.isEmpty { announcer.announce() }
    }

    private func reloadState(until deadline: UInt64) -> Bool {
        do throws(AuthError) {
            try runner.read(until: deadline) { (database) throws(PostgreSQLError) in
                try self.reloadState(from: database)
            }
            return true
        } catch {
            return false
        }
    }
}
