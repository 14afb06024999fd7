/// What the holder of an invite's code sees before registration.
public struct InvitePreview: Sendable, Equatable {
    /// Whether it can be redeemed.
    public let state: Invite.State
    /// The name of the account that invites; nil when it is gone, and for the command line.
    public let inviterName: String?
    /// The role of the new account.
    public let role: Account.Role
    /// The tier of the new account.
    public let tier: Account.Tier
    /// When the invite expires.
    public let expiresAt: Timestamp
    /// The only address that may use it; nil for any.
    public let email: Email?
}

extension InviteService {
    /// Previews an invite by its code; changes nothing.
    ///
    /// - Parameter code: As in the link.
    /// - Returns: The preview.
    /// - Throws: `invalidInvite` for an unknown code; `unavailable`.
    public func preview(code: String) throws(AuthError) -> InvitePreview {
        guard let invite = try store.invite(codeHash: AuthContext.hash(ofInvite: code)) else {
            throw .invalidInvite
        }
        let inviter = try invite.createdBy.flatMap { id throws(AuthError) in
            try store.account(id)?.account
        }
        return InvitePreview(
            state: invite.state(at: now()), inviterName: inviter?.name, role: invite.role,
            tier: invite.tier, expiresAt: invite.expiresAt, email: invite.email)
    }
}
