import Auth
import StoreSupport

/// What a storage is opened for, and what is called while it is open.
///
/// The callbacks run on a thread of the storage and must return soon.
struct StorageUse: Sendable {
    /// Whether a daemon uses it: then what outlives requests is maintained.
    var isDaemon = false
    /// Whether a database is made where there is none, or its absence refused.
    var makesDatabase = true
    /// Called about every 200 ms.
    var onTick: @Sendable () -> Void = {}
    /// Called when a mail became due.
    var onMail: @Sendable () -> Void = {}
    /// Called with each line that a command left for the log of the daemon; nil where none runs.
    var onNote: (@Sendable (String) -> Void)?
    /// Called with the secret keys that the daemons of a database share, when they may have changed.
    var onSecretKeys: @Sendable ([SealedSecretKey]) -> Void = { _ in }
    /// Called at the start when a file was too large to be looked through for damage in time.
    var onPartialInspection: @Sendable () -> Void = {}
    /// Who failed to sign in; nil where no one is counted.
    var failedLogins: FailedLogins?
    /// The limits that several daemons on one database count together; nil where none are counted.
    var limits: Throttle?
}
