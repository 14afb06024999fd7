import Auth
import Crypto
import Synchronization

/// What the writer and all stores share.
final class SharedState: Sendable {
    /// The database in use.
    ///
    /// The epoch counts how often it was replaced.
    struct ActiveDatabase {
        /// Its name, without directory and suffix.
        var name: String
        /// Changes with the name.
        var epoch = 0
    }

    /// What the storage was told.
    let configuration: StorageConfiguration
    /// Live sessions, each under the key it was looked up by.
    let sessions: Cache<Session.Key, Session>
    /// Accounts with their public form.
    let accounts: Cache<UUID, AccountRecord>
    /// Live API keys.
    let apiKeys: Cache<Digest, APIKey>
    /// Which sessions and API keys were used.
    let activity: Activity
    /// Which uses are told apart.
    let usePeriod: UsePeriod
    /// What waits for the writer.
    let queue: JobQueue
    /// What the writer has done.
    let statistics = WriterStatistics()

    /// Makes what a thread waits on.
    let makeBell: @Sendable () throws(StorageError) -> any Waiting

    private let snapshot: Mutex<InstanceState>
    private let active: Mutex<ActiveDatabase>

    /// What is known at the start.
    ///
    /// - Parameters:
    ///   - configuration: What the storage was told.
    ///   - state: What the database says.
    ///   - makeBell: Makes what a thread waits on.
    /// - Throws: `io` when the process has no descriptor left.
    init(
        _ configuration: StorageConfiguration, state: InstanceState,
        makeBell: @escaping @Sendable () throws(StorageError) -> any Waiting = {
            () throws(StorageError) in try WakeSignal()
        }
    ) throws(StorageError) {
        self.configuration = configuration
        self.makeBell = makeBell
        usePeriod = UsePeriod(
            seconds: configuration.idleLimit?.period ?? IdleLimit.standardPeriod)
        activity = Activity(usePeriod)
        sessions = Cache(capacity: configuration.cachedSessions)
        accounts = Cache(capacity: configuration.cachedAccounts)
        apiKeys = Cache(capacity: configuration.cachedAccounts)
        queue = JobQueue(arrival: try makeBell())
        snapshot = Mutex(state)
        active = Mutex(ActiveDatabase(name: configuration.databaseName))
    }

    /// What the server knows about itself.
    var state: InstanceState { snapshot.withLock { $0 } }

    /// The database that reads and writes go to.
    var database: ActiveDatabase { active.withLock { $0 } }

    /// Takes note of what was committed.
    ///
    /// Afterwards no thread sees what was before.
    func apply(_ changes: Changes) {
        snapshot.withLock { state in
            state.settings = changes.settings ?? state.settings
            state.hasOwner = changes.hasOwner ?? state.hasOwner
        }
        if changes.endsAllSessions { sessions.invalidateAll() }
        for key in changes.sessions { sessions.invalidate(key) }
        for id in changes.accounts { accounts.invalidate(id) }
        for hash in changes.apiKeys { apiKeys.invalidate(hash) }
        for email in changes.unlocked { configuration.failedLogins?.clear(at: email) }
        if changes.hasMail { configuration.onMail() }
    }

    /// Takes note of what another process committed, whatever that was.
    func replace(settings: Settings, hasOwner: Bool, maxPasswordIterations: Int) {
        snapshot.withLock { state in
            state.maxPasswordIterations = maxPasswordIterations
            state.settings = settings
            state.hasOwner = hasOwner
        }
        forget()
    }

    /// The file of a database.
    func path(of database: ActiveDatabase) -> String {
        configuration.path(ofDatabase: database.name)
    }

    /// Takes note of what setup and later changes stored, where setup is done.
    func keep(_ record: SetupRecord) {
        snapshot.withLock { state in
            if state.hasOwner { state.setup = record }
        }
    }

    /// Takes note of a finished setup.
    ///
    /// - Parameter record: What was decided; the database it names is in use from now on.
    func finishSetup(_ record: SetupRecord) {
        active.withLock { active in
            guard let name = record.databaseName, active.name != name else { return }
            active.name = name
            active.epoch += 1
        }
        snapshot.withLock { state in
            state.setup = record
            state.hasOwner = true
        }
        // Last: a fill that was fetched from the old database is dropped by this, and one that
        // begins after it sees the new epoch.
        forget()
    }

    private func forget() {
        sessions.invalidateAll()
        accounts.invalidateAll()
        apiKeys.invalidateAll()
    }
}
