public import Crypto

/// Reads of invitations.
public protocol InviteStore {
    /// The invitation whose code has this hash, whatever its state.
    ///
    /// - Throws: `unavailable`.
    func invite(codeHash: Digest) throws(AuthError) -> Invite?

    /// The invitation of this id, whatever its state.
    ///
    /// - Throws: `unavailable`.
    func invite(_ id: UUID) throws(AuthError) -> Invite?

    /// The invitations that can be redeemed, or could if they were not paused, counted up to a limit.
    ///
    /// - Throws: `unavailable`.
    func openInvites(at time: Timestamp, upTo limit: Int) throws(AuthError) -> Int

    /// All invitations, newest first.
    ///
    /// - Throws: `unavailable`.
    func invites(_ page: PageRequest) throws(AuthError) -> Page<Invite>

    /// The invitations that an account made, newest first.
    ///
    /// - Throws: `unavailable`.
    func invites(
        madeBy accountID: UUID, _ page: PageRequest
    ) throws(AuthError) -> Page<Invite>
}

/// What a transaction does to invitations.
public protocol InviteTransaction {
    /// Adds an invitation; the rule is `create`.
    ///
    /// - Parameters:
    ///   - invite: The invitation.
    ///   - codeHash: SHA-256 of its code.
    /// - Throws: `unavailable`.
    func insert(_ invite: Invite, codeHash: Digest) throws(AuthError)

    /// The invitation of this id, whatever its state.
    func invite(_ id: UUID) throws(AuthError) -> Invite?

    /// The invitation whose code has this hash, whatever its state.
    func invite(codeHash: Digest) throws(AuthError) -> Invite?

    /// Adds one to the uses of an invitation; the rule is `redeemInvite`.
    func countUse(ofInvite id: UUID) throws(AuthError)

    /// Updates whether an invitation is paused; the rule is `change`.
    func updateInvite(_ id: UUID, isPaused: Bool) throws(AuthError)

    /// Updates the invitations that an account made as paused; the rule is `pauseInvites(madeBy:)`.
    ///
    /// - Returns: How many were not.
    func pauseInvites(of accountID: UUID) throws(AuthError) -> Int

    /// Updates the invitations that were made with an API key as expired now, where they expire later; the rule
    /// is `endInvites(madeWith:)`.
    ///
    /// - Returns: How many do.
    func expireInvites(madeWith keyID: UUID) throws(AuthError) -> Int

    /// Updates the invitations that were made with any API key of an account as expired now, where they
    /// expire later; the rule is `endInvites(madeWithKeysOf:)`.
    ///
    /// - Returns: How many do.
    func expireInvites(madeWithKeysOf accountID: UUID) throws(AuthError) -> Int

    /// Deletes an invitation; does nothing where there is none. The rule is `revoke`.
    func deleteInvite(_ id: UUID) throws(AuthError)

    /// Deletes the invitations of an account that have neither expired nor been used up, paused ones too.
    ///
    /// - Returns: How many.
    /// - Throws: `unavailable`.
    func deleteOpenInvites(of accountID: UUID) throws(AuthError) -> Int

    /// Deletes the oldest invitations of a maker of those that have expired or are used up, a limited
    /// number at once; accounts they made stay.
    ///
    /// - Parameters:
    ///   - maker: The account that made them; nil for those of no account.
    ///   - count: How many stay.
    /// - Throws: `unavailable`.
    func deletePastInvites(of maker: UUID?, keeping count: Int) throws(AuthError)
}
