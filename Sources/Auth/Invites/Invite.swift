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

    /// Whether an invite can be redeemed, and if not, why.
    public enum State: Sendable, Equatable {
        /// It can be redeemed.
        case open
        /// It has created as many accounts as it may.
        case usedUp
        /// It has expired.
        case expired
        /// It is suspended.
        case paused
    }

    /// Its state at a time; of several reasons the one that lasts.
    public func state(at time: Timestamp) -> State {
        if uses >= maximumUses { return .usedUp }
        if expiresAt <= time { return .expired }
        return isPaused ? .paused : .open
    }

    /// Whether it can be redeemed at a time.
    public func isRedeemable(at time: Timestamp) -> Bool { state(at: time) == .open }
}
