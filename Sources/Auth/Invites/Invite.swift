public import Crypto

/// An invitation to open an account.
public struct Invite: Sendable, Equatable {
    /// Names it to administrators; never a credential.
    public let id: UUID
    /// The one address that may use it; nil for anybody.
    public let email: Email?
    /// The role of the accounts it makes.
    public let role: Account.Role
    /// The tier of the accounts it makes.
    public let tier: Account.Tier
    /// How many accounts it may make.
    public let maximumUses: Int
    /// How many it made.
    public var uses: Int
    /// Whether it is good for nothing for a while.
    public var isPaused: Bool
    /// Who made it; nil for the command line, and when that account is gone.
    public var createdBy: UUID?
    /// When it was made.
    public let createdAt: Timestamp
    /// When it ends.
    public var expiresAt: Timestamp
    /// The API key that it was made with, which it ends with; nil for one that a person made.
    public let keyID: UUID?

    /// An invitation from its parts.
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

    /// How many accounts one may make.
    public static let useBounds: ClosedRange<Int64> = 1...1_000
    /// How long one may be good, in seconds: an hour to a year.
    public static let lifetimeBounds: ClosedRange<Int64> = 3_600...Period.year

    /// The most of one maker that can't be used any more, of which the latest are kept.
    public static let maximumPast = 500

    /// Whether it can be used by somebody at a time.
    public func isRedeemable(at time: Timestamp) -> Bool {
        !isPaused && uses < maximumUses && expiresAt > time
    }
}

/// The invitations.
public protocol InviteStore {
    /// Whether an invitation could be redeemed now; uses nothing.
    ///
    /// - Throws: `unavailable`.
    func isRedeemable(inviteHash: Digest, now: Timestamp) throws(AuthError) -> Bool

    /// All invitations, newest first.
    ///
    /// - Throws: `unavailable`.
    func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite>
}

/// What a transaction does to invitations.
public protocol InviteTransaction {
    /// Adds an invitation.
    ///
    /// - Parameters:
    ///   - invite: The invitation.
    ///   - codeHash: SHA-256 of its code.
    /// - Throws: `unavailable`.
    func insert(_ invite: Invite, codeHash: Digest) throws(AuthError)

    /// The invitation of this id, as this transaction sees it.
    func invite(_ id: UUID) throws(AuthError) -> Invite?

    /// Pauses an invitation or lets it go on.
    func setInvite(_ id: UUID, paused: Bool) throws(AuthError)

    /// Pauses the invitations that an account made.
    func pauseInvites(of accountID: UUID) throws(AuthError)

    /// Removes an invitation; does nothing where there is none.
    func removeInvite(_ id: UUID) throws(AuthError)

    /// Removes the invitations of an account that could still be used, paused ones too.
    ///
    /// - Returns: How many.
    /// - Throws: `unavailable`.
    func removeOpenInvites(of accountID: UUID, at time: Timestamp) throws(AuthError) -> Int

    /// Removes the oldest invitations of a maker of those that have expired or are used up, a limited
    /// number at once; accounts they made stay.
    ///
    /// - Parameters:
    ///   - maker: Whose; nil for those of no account.
    ///   - count: How many stay.
    ///   - time: Now.
    /// - Throws: `unavailable`.
    func removePastInvites(
        by maker: UUID?, beyond count: Int, at time: Timestamp
    ) throws(AuthError)

    /// Uses an invitation once, in the same transaction that makes the account.
    ///
    /// - Parameters:
    ///   - codeHash: SHA-256 of the code.
    ///   - email: Whose account is made.
    ///   - time: Now.
    /// - Returns: The invitation, this use counted.
    /// - Throws: `invalidInvite` when it is unknown, paused, expired, used up, or for another email.
    func redeemInvite(
        codeHash: Digest, email: Email, at time: Timestamp
    ) throws(AuthError) -> Invite
}
