public import Crypto

/// Where accounts, sessions and settings are kept.
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

    /// The session of this key, if by `now` it has neither ended nor expired, nor gone unused for longer
    /// than the `IdleLimit` that the store was made with.
    ///
    /// To ask is to use it: `SessionDetails.lastSeenAt` says so.
    /// - Throws: `notInMemory` on the loop lane when the database would have to be asked;
    ///   `unavailable` when it cannot answer.
    func session(_ key: Session.Key, now: Timestamp) throws(AuthError) -> Session?

    /// The account of this id.
    ///
    /// - Throws: As `session`.
    func account(_ id: UUID) throws(AuthError) -> AccountRecord?

    /// The account that signs in with this email, and how its password is checked.
    ///
    /// - Throws: As `session`.
    func credential(_ email: Email) throws(AuthError) -> AccountCredential?

    /// Accounts by age, oldest first, for the command line.
    ///
    /// - Parameters:
    ///   - after: The last account of the page before; nil for the first page.
    ///   - limit: The most that are returned.
    /// - Returns: A page; an empty one is the end.
    /// - Throws: As `session`.
    func accounts(after: UUID?, limit: Int) throws(AuthError) -> [Account]

    /// Accounts that match, newest first, for administrators.
    ///
    /// - Throws: As `session`.
    func accounts(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account>

    /// The owner and the administrators whose unconfirmed address somebody disowned who reads it; at
    /// most a hundred.
    ///
    /// - Throws: As `session`.
    func administratorsWithRejectedEmail() throws(AuthError) -> [UUID]

    /// How many accounts and live sessions there are.
    ///
    /// - Throws: As `session`.
    func counts(now: Timestamp) throws(AuthError) -> StoreCounts

    /// Makes a write that nobody reads durable, always in the same place.
    ///
    /// - Parameter seconds: How long that may take.
    /// - Throws: `overloaded`; `unavailable` when it failed or did not come in time.
    func probe(within seconds: Int) throws(AuthError)

    /// Runs one unit of work alone in a transaction and returns when it is durable.
    ///
    /// - Parameter work: Runs on the writer's thread. Nothing it did remains when it throws.
    /// - Returns: What `work` returns.
    /// - Throws: What `work` throws; `unavailable` when the commit failed or did not come in time:
    ///   then nobody may conclude that it happened.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (any Transaction) throws(AuthError) -> Value
    ) throws(AuthError) -> Value

    /// Runs one unit of work alone that changes what setup stored, in `setup.json` and in the database.
    ///
    /// - Parameter work: As for `write`; what it makes of the record is stored with everything else it
    ///   does, or nothing is.
    /// - Returns: What `work` returns.
    /// - Throws: As `write`.
    func reconfigure<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value
    ) throws(AuthError) -> Value

    /// Makes the owner, in the database that the record names, and moves the server there.
    ///
    /// Other writes wait. When the name is not that of the present database, everything in it is
    /// copied first.
    /// - Parameters:
    ///   - record: What was decided.
    ///   - owner: The first account of this role.
    ///   - passwordHash: Of the owner.
    ///   - session: The owner's first.
    ///   - client: Where the request comes from.
    ///   - work: Done beside in the same transaction.
    /// - Throws: `alreadySetUp` when there is an owner, `emailTaken`, `databaseInUse` when the named
    ///   database holds accounts already; `unavailable`. Nothing has changed then.
    func setUp(
        _ record: SetupRecord, owner: Account, passwordHash: PasswordHash, session: Session,
        from client: ClientContext,
        alongside work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void
    ) throws(AuthError)
}

/// What the server knows about itself without asking the database.
public struct InstanceState: Sendable, Equatable {
    /// What an administrator switched.
    public var settings: Settings
    /// Whether an owner exists, that is, whether setup is done.
    public var hasOwner: Bool
    /// What setup and later changes stored, once setup is done.
    public var setup: SetupRecord?
    /// The most iterations that a stored password has asked for; what is unknown now costs as many.
    public var maxPasswordIterations: Int

    /// A state from its parts.
    public init(
        settings: Settings, hasOwner: Bool, setup: SetupRecord?, maxPasswordIterations: Int = 0
    ) {
        self.maxPasswordIterations = maxPasswordIterations
        self.settings = settings
        self.hasOwner = hasOwner
        self.setup = setup
    }
}

/// An account and the hash its password is checked against.
public struct AccountCredential: Sendable {
    /// The account.
    public let account: Account
    /// The stored hash.
    public let passwordHash: PasswordHash

    /// A credential from its parts.
    public init(account: Account, passwordHash: PasswordHash) {
        self.account = account
        self.passwordHash = passwordHash
    }
}

/// The changes that one unit of work can make.
///
/// Everything throws `unavailable` on a fault.
public protocol Transaction: SessionTransaction, InviteTransaction, APIKeyTransaction,
    LinkTokenTransaction, MailTransaction, FailedLoginTransaction
{
    /// Whether an owner exists.
    func hasOwner() throws(AuthError) -> Bool

    /// The account of this id and its password hash, as this transaction sees them.
    func credential(_ id: UUID) throws(AuthError) -> AccountCredential?

    /// The account of this email, as this transaction sees it.
    func account(_ email: Email) throws(AuthError) -> Account?

    /// Adds an account.
    ///
    /// - Throws: `emailTaken` when another has its email, `alreadySetUp` for a second owner: the
    ///   unique indexes decide races.
    func insert(_ account: Account, passwordHash: PasswordHash) throws(AuthError)

    /// Writes name, tier, role and status of an account, and when it was let in.
    ///
    /// Ends all its sessions when the account becomes disabled, and pauses its invitations when it
    /// administers nothing (any more): they were made with a right that it does not have.
    func update(_ account: Account) throws(AuthError)

    /// Replaces a password hash by one of the same password (its cost changed).
    ///
    /// Does nothing when the stored hash is no longer `old`: then the password was changed meanwhile.
    func rehash(_ id: UUID, from old: PasswordHash, to new: PasswordHash) throws(AuthError)

    /// Sets a new password: ends the sessions of the account, and links that would set another or
    /// give the account another address (whoever knew the old password may have asked for them).
    ///
    /// - Parameters:
    ///   - id: Whose.
    ///   - hash: Of the new password.
    ///   - kept: The session that stays; nil for none.
    /// - Throws: `unavailable`.
    func setPassword(_ id: UUID, to hash: PasswordHash, keeping kept: UUID?) throws(AuthError)

    /// Gives an account another address, or confirms the one it has; links that were to confirm one,
    /// or were sent to another, are dead then.
    ///
    /// - Throws: `emailTaken` when another account has it.
    func setEmail(
        _ id: UUID, to email: Email, verifiedAt: Timestamp?
    ) throws(AuthError)

    /// Notes that whoever reads the address of an account says that it is not theirs, until the address is
    /// confirmed or another one.
    func noteEmailRejection(of id: UUID, at time: Timestamp) throws(AuthError)

    /// Removes an account with everything that is its own: sessions, keys, tokens, waiting mails.
    ///
    /// Its invitations stay, paused.
    func deleteAccount(_ id: UUID) throws(AuthError)

    /// The owner's account.
    func owner() throws(AuthError) -> Account?

    /// Replaces the settings.
    func save(_ settings: Settings) throws(AuthError)

    /// The settings, as this transaction sees them.
    func settings() throws(AuthError) -> Settings

    /// Leaves a line for the log of the server that runs beside this process; of many that no server
    /// takes, the latest are kept.
    func leave(note: String) throws(AuthError)
}
