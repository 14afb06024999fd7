public import Crypto

/// Stores accounts, sessions and settings.
///
/// An instance is confined to one thread.
///
/// Reads see every write that was acknowledged before them, on every thread.
public protocol Store: AnyObject, InviteStore, SessionStore, APIKeyStore, MailStore,
    LinkTokenStore, ExportStore
{
    /// What the server knows about itself, from memory.
    var state: InstanceState { get }

    /// The name of the database in use.
    var databaseName: String { get }

    /// The session with this key, if at `now` it has neither ended nor expired, nor been unused for longer
    /// than the `IdleLimit` of the store.
    ///
    /// Looking up a session counts as using it: see `SessionDetails.lastSeenAt`.
    /// - Throws: `notInMemory` on the loop lane when the database would have to be read;
    ///   `unavailable` when it cannot be read.
    func session(_ key: Session.Key, now: Timestamp) throws(AuthError) -> Session?

    /// The account with this id.
    ///
    /// - Throws: As `session`.
    func account(_ id: UUID) throws(AuthError) -> AccountRecord?

    /// The account with this email, with its password hash.
    ///
    /// - Throws: As `session`.
    func credential(_ email: Email) throws(AuthError) -> AccountCredential?

    /// Accounts by age, oldest first, for the command line.
    ///
    /// - Parameters:
    ///   - after: The last account of the previous page; nil for the first page.
    ///   - limit: The most accounts to return.
    /// - Returns: A page; empty at the end.
    /// - Throws: As `session`.
    func accounts(after: UUID?, limit: Int) throws(AuthError) -> [Account]

    /// Accounts that match, newest first, for administrators.
    ///
    /// - Throws: As `session`.
    func accounts(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account>

    /// The owner and the administrators whose unconfirmed address was rejected by its reader; at most a
    /// hundred.
    ///
    /// - Throws: As `session`.
    func administratorsWithRejectedEmail() throws(AuthError) -> [UUID]

    /// The numbers of accounts and live sessions.
    ///
    /// - Throws: As `session`.
    func counts(now: Timestamp) throws(AuthError) -> StoreCounts

    /// Makes a durable write without content, always in the same place.
    ///
    /// - Parameter seconds: The time limit.
    /// - Throws: `overloaded`; `unavailable` when it failed or timed out.
    func probe(within seconds: Int) throws(AuthError)

    /// Runs one unit of work exclusively in a transaction, and returns when it is durable.
    ///
    /// - Parameter work: Runs on the writer's thread. If it throws, nothing it did remains.
    /// - Returns: What `work` returns.
    /// - Throws: What `work` throws; `unavailable` when the commit failed or timed out: then it is
    ///   unknown whether the work was committed.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value

    /// Runs one unit of work that changes what setup stored, in `setup.json` and in the database.
    ///
    /// - Parameter work: As for `write`; the changed record is stored together with everything else the
    ///   work does, or nothing is.
    /// - Returns: What `work` returns.
    /// - Throws: As `write`.
    func reconfigure<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value
    ) throws(AuthError) -> Value

    /// Creates the owner in the database that the record names, and switches the server to it.
    ///
    /// Other writes wait. If the name differs from that of the present database, everything in it is copied
    /// first.
    /// - Parameters:
    ///   - record: What setup decided.
    ///   - owner: The owner's account.
    ///   - passwordHash: The owner's password hash.
    ///   - session: The owner's first session.
    ///   - client: Where the request comes from.
    ///   - work: Further work in the same transaction.
    /// - Throws: `alreadySetUp` when there is an owner, `emailTaken`, `databaseInUse` when the named
    ///   database contains accounts already; `unavailable`. Nothing is changed then.
    func setUp(
        _ record: SetupRecord, owner: Account, passwordHash: PasswordHash, session: Session,
        from client: ClientContext,
        alongside work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void
    ) throws(AuthError)
}

/// What the server knows about itself without reading the database.
public struct InstanceState: Sendable, Equatable {
    /// The settings that administrators change.
    public var settings: Settings
    /// Whether an owner exists, that is, whether setup is done.
    public var hasOwner: Bool
    /// What setup and later changes stored, once setup is done.
    public var setup: SetupRecord?
    /// The highest iteration count of any stored password so far; checking an unknown account costs as much.
    public var maxPasswordIterations: Int

    /// Creates a state from its parts.
    public init(
        settings: Settings, hasOwner: Bool, setup: SetupRecord?, maxPasswordIterations: Int = 0
    ) {
        self.maxPasswordIterations = maxPasswordIterations
        self.settings = settings
        self.hasOwner = hasOwner
        self.setup = setup
    }
}

/// An account with its password hash.
public struct AccountCredential: Sendable {
    /// The account.
    public let account: Account
    /// The stored hash.
    public let passwordHash: PasswordHash

    /// Creates a credential from its parts.
    public init(account: Account, passwordHash: PasswordHash) {
        self.account = account
        self.passwordHash = passwordHash
    }
}

/// The changes that one unit of work can make.
///
/// Every method throws `unavailable` on a fault.
public protocol Transaction: SessionTransaction, InviteTransaction, APIKeyTransaction,
    LinkTokenTransaction, MailTransaction, FailedLoginTransaction
{
    /// Whether an owner exists.
    func hasOwner() throws(AuthError) -> Bool

    /// The account with this id and its password hash, as this transaction sees them.
    func credential(_ id: UUID) throws(AuthError) -> AccountCredential?

    /// The account with this email, as this transaction sees it.
    func account(_ email: Email) throws(AuthError) -> Account?

    /// Adds an account.
    ///
    /// - Throws: `emailTaken` when another account has its email, `alreadySetUp` for a second owner: the
    ///   unique indexes decide races.
    func insert(_ account: Account, passwordHash: PasswordHash) throws(AuthError)

    /// Writes name, tier, role and status of an account, and when it was approved.
    ///
    /// Ends all its sessions when the account is disabled, and pauses its invitations when it is not, or
    /// no longer, an administrator: it lacks the right they were created with.
    func update(_ account: Account) throws(AuthError)

    /// Replaces a password hash with one of the same password at another cost.
    ///
    /// Does nothing when the stored hash is no longer `old`: the password was changed meanwhile.
    func rehash(_ id: UUID, from old: PasswordHash, to new: PasswordHash) throws(AuthError)

    /// Sets a new password: ends the sessions of the account, and invalidates links that would set a password
    /// or change the address (whoever knew the old password may have requested them).
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - hash: The hash of the new password.
    ///   - kept: The session that stays; nil for none.
    /// - Throws: `unavailable`.
    func setPassword(_ id: UUID, to hash: PasswordHash, keeping kept: UUID?) throws(AuthError)

    /// Changes the address of an account, or confirms the present one; links that would confirm an address,
    /// or that were sent to another, become invalid.
    ///
    /// - Throws: `emailTaken` when another account has it.
    func setEmail(
        _ id: UUID, to email: Email, verifiedAt: Timestamp?
    ) throws(AuthError)

    /// Records that the reader of an account's address reported that the account is not theirs, until that
    /// address is confirmed or replaced.
    func noteEmailRejection(of id: UUID, at time: Timestamp) throws(AuthError)

    /// Deletes an account with everything that belongs to it: sessions, keys, tokens, waiting mails.
    ///
    /// Its invitations stay, paused.
    func deleteAccount(_ id: UUID) throws(AuthError)

    /// The owner's account.
    func owner() throws(AuthError) -> Account?

    /// Replaces the settings.
    func save(_ settings: Settings) throws(AuthError)

    /// The settings, as this transaction sees them.
    func settings() throws(AuthError) -> Settings

    /// Leaves a line for the log of the server that runs beside this process; if too many are left unread,
    /// the latest are kept.
    func leave(note: String) throws(AuthError)
}
