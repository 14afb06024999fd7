import Crypto

/// What happens to invitations, and what the record says of it.
///
/// An event of an invitation is about the account that made it. It names no address: that of an invited
/// person without an account could never be erased.
extension Transaction {
    /// Adds an invitation.
    ///
    /// - Throws: `unavailable`.
    func create(_ invite: Invite, codeHash: Digest) throws(AuthError) {
        try insert(invite, codeHash: codeHash)
        try record(
            .inviteCreated, of: invite.createdBy, object: invite.id,
            [
                EventChange(.role, to: invite.role.rawValue),
                EventChange(.tier, to: invite.tier.rawValue),
                EventChange(.maxUses, to: "\(invite.maximumUses)"),
                EventChange(.expiresAt, to: invite.expiresAt.rfc3339),
            ])
    }

    /// Pauses or resumes an invitation.
    ///
    /// - Returns: The changed invitation.
    /// - Throws: `unavailable`.
    func change(_ invite: Invite, isPaused: Bool) throws(AuthError) -> Invite {
        var changed = invite
        changed.isPaused = isPaused
        try updateInvite(invite.id, isPaused: isPaused)
        try recordState(of: invite, .paused, from: invite.isPaused, to: isPaused)
        return changed
    }

    /// Deletes an invitation.
    ///
    /// - Throws: `unavailable`.
    func revoke(_ invite: Invite) throws(AuthError) {
        try deleteInvite(invite.id)
        try recordState(of: invite, .revoked, from: false, to: true)
    }

    /// Pauses the invitations that an account made, which may not have made them any more.
    ///
    /// - Throws: `unavailable`.
    func pauseInvites(madeBy accountID: UUID) throws(AuthError) {
        try recordStates(.paused, count: pauseInvites(of: accountID), madeBy: accountID)
    }

    /// Ends the invitations that were made with an API key of an account.
    ///
    /// - Throws: `unavailable`.
    func endInvites(madeWith keyID: UUID, of accountID: UUID) throws(AuthError) {
        try recordStates(.expired, count: expireInvites(madeWith: keyID), madeBy: accountID)
    }

    /// Ends the invitations that were made with any API key of an account.
    ///
    /// - Throws: `unavailable`.
    func endInvites(madeWithKeysOf accountID: UUID) throws(AuthError) {
        try recordStates(
            .expired, count: expireInvites(madeWithKeysOf: accountID), madeBy: accountID)
    }

    /// Records what became of several invitations: one event reports all of them.
    private func recordStates(
        _ name: EventChange.Name, count: Int, madeBy accountID: UUID
    ) throws(AuthError) {
        guard count > 0 else { return }
        try record(
            .inviteChanged, of: accountID,
            [EventChange(name, from: "false", to: "true"), EventChange(.count, to: "\(count)")])
    }

    private func recordState(
        of invite: Invite, _ name: EventChange.Name, from old: Bool, to new: Bool
    ) throws(AuthError) {
        try record(
            .inviteChanged, of: invite.createdBy, object: invite.id,
            [EventChange(name, from: "\(old)", to: "\(new)")])
    }
}
