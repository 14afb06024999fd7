public import Crypto

/// What administrators see and do of invitations that were made.
extension InviteService {
    /// All invitations, newest first.
    ///
    /// - Throws: `unavailable`.
    public func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite> {
        try store.invites(page)
    }

    /// Pauses an invitation, or lets it go on.
    ///
    /// - Parameters:
    ///   - id: Which.
    ///   - paused: Nil changes nothing.
    ///   - administrator: Who says so.
    /// - Returns: The invitation as it is now.
    /// - Throws: `notFound`; `forbidden`, `apiKeyNotAllowed` for letting one go on whose role is not
    ///   theirs to give; `unauthenticated`, `forbidden` when the administrator is none any more;
    ///   `unavailable`.
    public func setInvite(
        _ id: UUID, paused: Bool?, by administrator: Administrator
    ) throws(AuthError) -> Invite {
        try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            try authority.requirePerson()
            guard var invite = try transaction.invite(id) else { throw .notFound }
            guard let paused, paused != invite.isPaused else { return invite }
            if !paused { try authority.requireMayAssign(of: invite.role) }
            try transaction.setInvite(id, paused: paused)
            invite.isPaused = paused
            return invite
        }
    }

    /// Removes an invitation; accounts it made stay.
    ///
    /// - Parameters:
    ///   - id: Which.
    ///   - administrator: Who says so.
    /// - Throws: `notFound`; `apiKeyNotAllowed` unless in person; `unauthenticated`, `forbidden` when the
    ///   administrator is none any more; `unavailable`.
    public func removeInvite(_ id: UUID, by administrator: Administrator) throws(AuthError) {
        try store.write { transaction throws(AuthError) in
            try AdminPermission.of(administrator, in: transaction).requirePerson()
            guard try transaction.invite(id) != nil else { throw .notFound }
            try transaction.removeInvite(id)
        }
    }
}
