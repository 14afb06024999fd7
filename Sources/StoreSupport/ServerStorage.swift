public import Auth

/// Where a server keeps everything, open for use, whatever kind of database it is.
///
/// Shared by all threads.
public protocol ServerStorage: AnyObject, Sendable {
    /// When the latest session began before it was opened, by the clock of that time.
    var latestSignIn: Timestamp { get }
    /// The key under which second factors and passkeys were sealed when it was opened, wrapped; nil where there
    /// were none.
    var dataKey: [UInt8]? { get }
    /// The secret keys that daemons share; nil where a file beside the database has the key.
    var secretKeyTable: (any SecretKeyTable)? { get }
    /// What the server knows about itself.
    var state: InstanceState { get }
    /// What it reports about its writes.
    var statistics: StoreStatistics { get }

    /// A store for one thread, cheap until it is used.
    ///
    /// - Parameter mayWait: Whether the thread may wait for the database. Without, nothing but memory is
    ///   asked and everything else throws `notInMemory`, writes too.
    /// - Returns: A store confined to the thread that uses it.
    func store(mayWait: Bool) -> any ServerStore

    /// Ends what is under way, and refuses further use.
    func close()
}
