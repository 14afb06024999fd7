/// An invitation that was redeemed: what the new account is given.
public struct Invite: Sendable, Equatable {
    /// The role of the account it makes.
    public let role: Account.Role
    /// The tier of the account it makes.
    public let tier: Account.Tier

    /// A redeemed invitation.
    public init(role: Account.Role, tier: Account.Tier) {
        self.role = role
        self.tier = tier
    }
}
