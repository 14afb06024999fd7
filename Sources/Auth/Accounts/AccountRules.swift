import Crypto

/// What follows when an account changes, whichever way it is changed.
extension Transaction {
    /// Whether an owner exists.
    func hasOwner() throws(AuthError) -> Bool { try owner() != nil }

    /// Changes name, tier, role, status and the time of approval of an account.
    ///
    /// A disabled account has no sessions, no steps that lead to one, no trusted browsers, and no links to set a
    /// password or confirm an address. An account that administers nothing has its invitations paused: they were
    /// made with a right that it lacks.
    /// - Throws: `alreadySetUp` for a second owner; `unavailable`.
    func change(_ account: Account) throws(AuthError) {
        try updateAccount(account)
        if account.status == .disabled {
            try endSessions(of: account.id, except: nil, because: .accountDisabled)
            try endTrust(of: account.id)
            try deleteChallenges(of: account.id)
            try revokeLinks(of: account.id, for: [.resetPassword, .verifyEmail])
        }
        if !account.isAdministrator { try pauseInvites(of: account.id) }
    }

    /// Sets a new password.
    ///
    /// It ends the sessions of the account, the steps that lead to one, the trust in browsers, and the links that
    /// would set another password or give the account another address: they may have been begun, made or
    /// requested by someone who knew the old password. Those
    /// by which the owner approves accounts end with the owner's password.
    /// - Parameters:
    ///   - id: The account.
    ///   - hash: Of the new password.
    ///   - kept: The session that stays; nil for none.
    /// - Throws: `unavailable`.
    func setPassword(
        _ id: UUID, to hash: PasswordHash, keeping kept: UUID?
    ) throws(AuthError) {
        guard let account = try credential(id)?.account else { return }
        try updatePasswordHash(of: id, to: hash, ifStill: nil)
        try endSessions(of: id, except: kept, because: .newPassword)
        try endTrust(of: id)
        try deleteChallenges(of: id)
        try deleteLinkToken(of: id, for: .resetPassword, exceptProving: nil)
        try deleteLinkToken(of: id, for: .verifyEmail, exceptProving: account.email)
        if account.role == .owner { try deleteLinkTokens(for: .decide) }
    }

    /// Gives an account another address, or confirms the one it has.
    ///
    /// Links that were to confirm an address, or were sent to another, end; so do those by which the owner
    /// approves accounts when the address is the owner's. What a reader said about the former address is
    /// forgotten.
    /// - Throws: `emailTaken` when another account has it; `unavailable`.
    func setEmail(_ id: UUID, to email: Email, verifiedAt: Timestamp?) throws(AuthError) {
        try updateEmail(of: id, to: email, verifiedAt: verifiedAt)
        try updateEmailRejection(of: id, at: nil)
        try deleteLinkToken(of: id, for: .verifyEmail, exceptProving: nil)
        try deleteLinkToken(of: id, for: .resetPassword, exceptProving: email)
        if try owner()?.id == id { try deleteLinkTokens(for: .decide) }
    }

    /// Removes an account with everything that is its own: sessions, keys, links, mails.
    ///
    /// Its invitations stay, paused; those made with its API keys expire.
    func eraseAccount(_ id: UUID) throws(AuthError) {
        try expireInvites(madeWithKeysOf: id)
        try pauseInvites(of: id)
        try deleteMails(of: id)
        try deleteAccount(id)
    }
}
