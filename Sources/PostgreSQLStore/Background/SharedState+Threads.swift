import StoreSupport
import System

/// What runs beside the requests of a daemon.
extension SharedState {
    /// Begins to follow what others change; does nothing for a command.
    ///
    /// - Throws: When the process may not have another thread.
    func follow() throws(SystemError) {
        guard let background = configuration.background, let freshness else { return }
        let own = try PoolCore(size: 1, connector: configuration.listener(for: background))
        try own.keep()
        // Not waited for at the end: it may be with a name server for longer than a shutdown should take.
        do throws(SystemError) {
            try Thread { [self, announcer] in
                ChangeListener(self, freshness, announcer, own: own).run()
            }.detach()
        } catch {
            own.close()
            throw error
        }
    }

    /// Begins to do what no request waits for.
    ///
    /// - Returns: The thread, which is ended by `end`; nil for a command.
    /// - Throws: When the process may not have another thread.
    func maintain() throws(SystemError) -> Thread? {
        guard let background = configuration.background else { return nil }
        return try Thread { [self] in Maintenance(self, background).run() }
    }
}
