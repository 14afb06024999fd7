public import ForeignPasswords

/// Where accounts, sessions and settings are kept, as one thread uses it.
///
/// Reads see every write that was acknowledged before them, on every thread.
public protocol Store: AnyObject, AccountStore, InviteStore, SessionStore, APIKeyStore, MailStore,
    LinkTokenStore, ExportStore, CredentialStore, ChallengeStore, TrustedBrowserStore, EventStore,
    PastCredentialStore, TransferStore
{
    /// Who and what this thread writes for at the moment: its transactions carry it to their events.
    var cause: Cause { get set }

    /// What the server knows about itself, from memory.
    var state: InstanceState { get }

    /// Runs one unit of work in a transaction and returns when it is durable.
    ///
    /// - Parameter work: Sees and leaves a serialisable state, as if no other unit of work ran at the same
    ///   time. It may run more than once, on another thread, and only the last run counts: it must have no
    ///   effect but on the transaction. Nothing it did remains when it throws.
    /// - Returns: What `work` returns.
    /// - Throws: What `work` throws; `unavailable` when the commit failed or did not come in time: then it
    ///   is unknown whether it happened.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value

    /// Runs a unit of work that links events.
    ///
    /// Once it has read the head of the chain, no other unit of work that reads the head runs until it has
    /// committed. Other writes may commit meanwhile; each of its reads sees what was committed before it.
    /// - Parameter work: As of `write`.
    /// - Returns: What `work` returns.
    /// - Throws: As `write`.
    func writeLinks<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value
}

extension Store {
    /// For stores whose units of work all run one after the other.
    public func writeLinks<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        try write(work)
    }
}

/// What the store of a server has to be: the domain sees each part where it needs it.
public typealias ServerStore = Store & SetupStore & MonitoredStore

/// The changes that one unit of work can make.
///
/// Its verbs are dumb: insert, find, update columns, delete where. What follows from what is a rule of the
/// domain, in an extension of this protocol beside its feature; each rule names the verbs it is to be used
/// instead of. Everything throws `unavailable` on a fault.
public protocol Transaction: AccountTransaction, SessionTransaction, InviteTransaction,
    APIKeyTransaction, LinkTokenTransaction, MailTransaction, FailedLoginTransaction,
    CredentialTransaction, ChallengeTransaction, TrustedBrowserTransaction, EventTransaction
{
    /// The one time at which everything in this transaction happens.
    var now: Timestamp { get }

    /// The settings.
    func settings() throws(AuthError) -> Settings

    /// Replaces the settings.
    func save(_ settings: Settings) throws(AuthError)

    /// Adds a line for the log of the server that runs beside this process.
    func insertNote(_ text: String) throws(AuthError)

    /// Deletes the oldest lines that no server has taken.
    ///
    /// - Parameter count: How many stay.
    /// - Throws: `unavailable`.
    func deleteNotes(keeping count: Int) throws(AuthError)
}

/// What the server knows about itself without reading the database.
public struct InstanceState: Sendable, Equatable {
    /// What an administrator switched.
    public var settings: Settings
    /// Whether an owner exists, that is, whether setup is done.
    public var hasOwner: Bool
    /// What setup and later changes stored, once setup is done.
    public var setup: SetupRecord?
    /// The most iterations of any stored password hash; an unknown account costs as many.
    public var maxPasswordIterations: Int
    /// One decoy for each kind and cost of the foreign hashes that are stored, at most `maximumDecoys`.
    public var foreignDecoys: [ForeignHash]

    /// The most decoys: an import refuses hashes of more kinds and costs, whose accounts would take a time that no
    /// unknown address takes.
    public static let maximumDecoys = 16

    /// A state from its parts.
    public init(
        settings: Settings, hasOwner: Bool, setup: SetupRecord?, maxPasswordIterations: Int = 0,
        foreignDecoys: [ForeignHash] = []
    ) {
        self.foreignDecoys = foreignDecoys
        self.maxPasswordIterations = maxPasswordIterations
        self.settings = settings
        self.hasOwner = hasOwner
        self.setup = setup
    }
}
