import Crypto

extension Transaction {
    /// Uses an invitation once, in the same transaction that makes the account.
    ///
    /// - Parameters:
    ///   - codeHash: SHA-256 of the code.
    ///   - email: The address of the account that is made.
    /// - Returns: The invitation, this use counted.
    /// - Throws: `invalidInvite` when it is unknown, paused, expired, used up, or for another email;
    ///   `unavailable`.
    func redeemInvite(codeHash: Digest, email: Email) throws(AuthError) -> Invite {
        guard var invite = try invite(codeHash: codeHash), invite.isRedeemable(at: now),
            invite.email == nil || invite.email == email
        else { throw .invalidInvite }
        try countUse(ofInvite: invite.id)
        invite.uses += 1
        return invite
    }

    /// Records that an account was made with an invitation.
    ///
    /// - Throws: `unavailable`.
    func recordUse(of invite: Invite, for account: Account) throws(AuthError) {
        try record(
            .inviteRedeemed, of: account.id, object: invite.id, by: .account(account.id),
            [EventChange(.uses, from: "\(invite.uses - 1)", to: "\(invite.uses)")])
    }
}
