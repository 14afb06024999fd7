public import Crypto

/// An invite to create an account.
public struct Invite: Sendable, Equatable {
    /// Identifies it to administrators; never a credential.
    public let id: UUID
    /// The only address that may use it; nil for any.
    public let email: Email?
    /// The role of its accounts.
    public let role: Account.Role
    /// The tier of its accounts.
    public let tier: Account.Tier
    /// How many accounts it may create.
    public let maximumUses: Int
    /// How many accounts it has created.
    public var uses: Int
    /// Whether it is suspended.
    public var isPaused: Bool
    /// Its creator; nil for the command line, and when that account is deleted.
    public var createdBy: UUID?
    /// When it was created.
    public let createdAt: Timestamp
    /// When it expires.
    public var expiresAt: Timestamp
    /// The API key that created it, with which it is revoked; nil when a person created it.
    public let keyID: UUID?

    /// Creates an invite.
    public init(
        id: UUID, email: Email?, role: Account.Role, tier: Account.Tier, maximumUses: Int,
        uses: Int = 0, isPaused: Bool = false, createdBy: UUID?, createdAt: Timestamp,
        expiresAt: Timestamp, madeWith keyID: UUID? = nil
    ) {
        self.id = id
        self.email = email
        self.role = role
        self.tier = tier
        self.maximumUses = maximumUses
        self.uses = uses
        self.isPaused = isPaused
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.keyID = keyID
    }

    /// How many accounts an invite may create.
    public static let useBounds: ClosedRange<Int64> = 1...1_000
    /// The lifetime of an invite in seconds: an hour to a year.
    public static let lifetimeBounds: ClosedRange<Int64> = 3_600...Period.year

    /// The most past invites of one creator that are kept, the newest ones.
    public static let maximumPast = 500

    /// Whether it can be redeemed at a time.
    public func isRedeemable(at time: Timestamp) -> Bool {
        !isPaused && uses < maximumUses && expiresAt > time
    }
}

/// Reads of invites.
public protocol InviteStore {
    /// Whether an invite could be redeemed now, without redeeming it.
    ///
    /// - Throws: `unavailable`.
    func isRedeemable(inviteHash: Digest, now: Timestamp) throws(AuthError) -> Bool

    /// All invites, newest first.
    ///
    /// - Throws: `unavailable`.
    func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite>
}

/// Changes of invites in a transaction.
public protocol InviteTransaction {
    /// Adds an invite.
    ///
    /// - Parameters:
    ///   - invite: The invite.
    ///   - codeHash: SHA-256 of its code.
    /// - Throws: `unavailable`.
    func insert(_ invite: Invite, codeHash: Digest) throws(AuthError)

    /// The invite with this id, as of this transaction.
    func invite(_ id: UUID) throws(AuthError) -> Invite?

    /// Pauses or resumes an invite.
    func setInvite(_ id: UUID, paused: Bool) throws(AuthError)

    /// Pauses the invites that an account created.
    func pauseInvites(of accountID: UUID) throws(AuthError)

    /// Deletes an invite if it exists.
    func removeInvite(_ id: UUID) throws(AuthError)

    /// Deletes the unused invites of an account, including paused ones.
    ///
    /// - Returns: The number of deleted invites.
    /// - Throws: `unavailable`.
    func removeOpenInvites(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int

    /// Deletes the oldest expired or used invites of a creator, a limited number at once; their accounts
    /// are kept.
    ///
    /// - Parameters:
    ///   - maker: The creator; nil for the command line.
    ///   - count: How many are kept.
    ///   - time: The present time.
    /// - Throws: `unavailable`.
    func removePastInvites(
        by maker: UUID?, beyond count: Int, at time: Timestamp
    ) throws(AuthError)

    /// Redeems an invite once, in the transaction that creates the account.
    ///
    /// - Parameters:
    ///   - codeHash: SHA-256 of the code.
    ///   - email: The email of the account.
    ///   - time: The present time.
    /// - Returns: The invite, with this use counted.
    /// - Throws: `invalidInvite` when it is unknown, paused, expired, used up, or for another email.
    func redeemInvite(
        codeHash: Digest, email: Email, at time: Timestamp
    ) throws(AuthError) -> Invite
}
