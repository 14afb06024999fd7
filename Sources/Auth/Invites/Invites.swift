public import Crypto

/// Verbs of administrators for existing invites.
extension InviteService {
    /// All invites, newest first.
    ///
    /// - Throws: `unavailable`.
    public func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite> {
        try store.invites(page)
    }

    /// Pauses or resumes an invite.
    ///
    /// - Parameters:
    ///   - id: The invite.
    ///   - paused: Nil changes nothing.
    ///   - administrator: The administrator.
    /// - Returns: The changed invite.
    /// - Throws: `notFound`; `forbidden`, `apiKeyNotAllowed` for resuming an invite whose role the caller
    ///   may not assign; `reauthenticationRequired` for resuming, as `createInvite`; `unauthenticated`,
    ///   `forbidden` when the caller no longer is an administrator; `unavailable`.
    public func setInvite(
        _ id: UUID, paused: Bool?, by administrator: Administrator
    ) throws(AuthError) -> Invite {
        let presence = context.presence(of: administrator)
        return try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            try authority.requirePerson()
            guard let invite = try transaction.invite(id) else { throw .notFound }
            guard let paused, paused != invite.isPaused else { return invite }
            if !paused {
                try authority.requireMayAssign(of: invite.role)
                try transaction.require(presence, toGive: invite.role)
            }
            return try transaction.change(invite, isPaused: paused)
        }
    }

    /// Deletes an invite; its accounts are kept.
    ///
    /// - Parameters:
    ///   - id: The invite.
    ///   - administrator: The administrator.
    /// - Throws: `notFound`; `apiKeyNotAllowed` unless in person; `unauthenticated`, `forbidden` when the
    ///   caller no longer is an administrator; `unavailable`.
    public func removeInvite(_ id: UUID, by administrator: Administrator) throws(AuthError) {
        try store.write { transaction throws(AuthError) in
            try AdminPermission.of(administrator, in: transaction).requirePerson()
            guard let invite = try transaction.invite(id) else { throw .notFound }
            try transaction.revoke(invite)
        }
    }
}
