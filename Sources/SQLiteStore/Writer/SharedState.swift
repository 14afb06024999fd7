import Auth
import ForeignPasswords
import StoreSupport
import Synchronization
import System

/// What the writer and all stores of one database share.
final class SharedState: Sendable {
    /// The database in use.
    struct ActiveDatabase {
        /// Its name, without directory and suffix.
        var name: String
        /// How often it was replaced: changes with the name.
        var epoch = 0
    }

    /// How the storage is used.
    let configuration: StorageConfiguration
    /// What is kept in memory.
    let cached: CachedState
    /// The jobs that wait for the writer.
    let queue: JobQueue
    /// What the writer has done.
    let statistics = WriterStatistics()

    /// Makes what a thread waits on.
    let makeWakeSignal: @Sendable () throws(SystemError) -> any WakeSignal

    private let active: Mutex<ActiveDatabase>

    /// The state at the start.
    ///
    /// - Parameters:
    ///   - configuration: How the storage is used.
    ///   - state: What the database says.
    ///   - makeWakeSignal: Makes what a thread waits on.
    /// - Throws: When the process has no descriptor left.
    init(
        _ configuration: StorageConfiguration, state: InstanceState,
        makeWakeSignal: @escaping @Sendable () throws(SystemError) -> any WakeSignal = {
            () throws(SystemError) in try EventWakeSignal()
        }
    ) throws(SystemError) {
        self.configuration = configuration
        self.makeWakeSignal = makeWakeSignal
        cached = CachedState(
            state, cacheBytes: configuration.cacheBytes, idleLimit: configuration.idleLimit,
            observers: CachedState.Observers(
                profile: configuration.profile, onMail: configuration.onMail,
                failedLogins: configuration.failedLogins))
        queue = JobQueue(arrival: try makeWakeSignal())
        active = Mutex(ActiveDatabase(name: configuration.databaseName))
    }

    /// The uses that are not written down yet.
    var activity: Activity { cached.activity }

    /// What the server knows about itself.
    var state: InstanceState { cached.state }

    /// The database that reads and writes go to.
    var database: ActiveDatabase { active.withLock { $0 } }

    /// The file of a database.
    func path(of database: ActiveDatabase) -> String {
        configuration.path(ofDatabase: database.name)
    }

    /// Drops everything cached after another process wrote.
    func replace(
        settings: Settings, hasOwner: Bool, maxPasswordIterations: Int,
        foreignDecoys: [ForeignHash]
    ) {
        cached.change { state in
            state.foreignDecoys = foreignDecoys
            state.maxPasswordIterations = maxPasswordIterations
            state.settings = settings
            state.hasOwner = hasOwner
        }
        cached.invalidateAll()
    }

    /// Keeps what setup and later changes stored, where setup is done.
    func keep(_ record: SetupRecord) {
        cached.change { state in
            if state.hasOwner { state.setup = record }
        }
    }

    /// Moves to the database that a finished setup named.
    ///
    /// - Parameters:
    ///   - record: What was decided; the database it names is in use from now on.
    ///   - settings: Those of that database.
    func finishSetup(_ record: SetupRecord, _ settings: Settings) {
        active.withLock { active in
            guard let name = record.databaseName, active.name != name else { return }
            active.name = name
            active.epoch += 1
        }
        cached.change { state in
            state.setup = record
            state.settings = settings
            state.hasOwner = true
        }
        // Last: a fill that was fetched from the old database is dropped by this, and one that
        // begins after it sees the new epoch.
        cached.invalidateAll()
    }
}
