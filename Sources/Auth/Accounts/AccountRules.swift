import Crypto

/// What follows when an account changes, whichever way it is changed.
extension Transaction {
    /// Whether an owner exists.
    func hasOwner() throws(AuthError) -> Bool { try owner() != nil }

    /// Adds an account.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - password: Its password; nil for none.
    ///   - actor: Who makes it; nil for the one that the cause names.
    /// - Throws: As `insert`.
    func create(
        _ account: Account, password: StoredPassword?, by actor: EventActor? = nil
    ) throws(AuthError) {
        try insert(account, password: password)
        try recordCreation(of: account, by: actor)
    }

    /// Adds an account with a hash of lunauth's own, as `create(_:password:by:)`.
    ///
    /// - Throws: As that.
    func create(
        _ account: Account, passwordHash hash: PasswordHash, by actor: EventActor? = nil
    ) throws(AuthError) {
        try create(account, password: .own(hash), by: actor)
    }

    /// Changes name, tier, role, status, language and the time of approval of an account.
    ///
    /// A disabled account has no sessions, no steps that lead to one, no trusted browsers, and no links to set a
    /// password or confirm an address. An account that administers nothing has its invitations paused: they were
    /// made with a right that it lacks.
    /// - Throws: `alreadySetUp` for a second owner; `unavailable`.
    func change(_ account: Account) throws(AuthError) {
        guard let old = try credential(account.id)?.account else { return }
        try updateAccount(account)
        try recordChange(of: old, to: account)
        if account.status == .disabled {
            try endSessions(of: account.id, except: nil, because: .accountDisabled)
            try endTrust(of: account.id)
            try deleteChallenges(of: account.id)
            try revokeLinks(of: account.id, for: [.resetPassword, .verifyEmail])
        }
        if !account.isAdministrator { try pauseInvites(madeBy: account.id) }
    }

    /// Sets a new password.
    ///
    /// It ends the sessions of the account, the steps that lead to one, the trust in browsers, and the links that
    /// would set another password or give the account another address: they may have been begun, made or
    /// requested by someone who knew the old password. Those
    /// by which the owner approves accounts end with the owner's password.
    /// - Parameters:
    ///   - id: The account.
    ///   - password: The new password.
    ///   - kept: The session that stays; nil for none.
    /// - Throws: `unavailable`.
    func setPassword(
        _ id: UUID, to password: StoredPassword, keeping kept: UUID?
    ) throws(AuthError) {
        guard let account = try credential(id)?.account else { return }
        try updatePassword(of: id, to: password, ifStill: nil)
        try endSessions(of: id, except: kept, because: .newPassword)
        try endTrust(of: id)
        try deleteChallenges(of: id)
        try deleteLinkToken(of: id, for: .resetPassword, exceptProving: nil)
        try deleteLinkToken(of: id, for: .verifyEmail, exceptProving: account.email)
        if account.role == .owner { try deleteLinkTokens(for: .decide) }
    }

    /// Sets a new password that lunauth hashed, as `setPassword(_:to:keeping:)`.
    ///
    /// - Throws: As that.
    func setPassword(
        _ id: UUID, to hash: PasswordHash, keeping kept: UUID?
    ) throws(AuthError) {
        try setPassword(id, to: .own(hash), keeping: kept)
    }

    /// Gives an account another address, or confirms the one it has.
    ///
    /// Links that were to confirm an address, or were sent to another, end; so do those by which the owner
    /// approves accounts when the address is the owner's. What a reader said about the former address is
    /// forgotten.
    /// - Throws: `emailTaken` when another account has it; `unavailable`.
    func setEmail(_ id: UUID, to email: Email, verifiedAt: Timestamp?) throws(AuthError) {
        guard let old = try credential(id)?.account else { return }
        try updateEmail(of: id, to: email, verifiedAt: verifiedAt)
        try recordEmail(email, isConfirmed: verifiedAt != nil, of: old)
        try updateEmailRejection(of: id, at: nil)
        try deleteLinkToken(of: id, for: .verifyEmail, exceptProving: nil)
        try deleteLinkToken(of: id, for: .resetPassword, exceptProving: email)
        if try owner()?.id == id { try deleteLinkTokens(for: .decide) }
    }

    /// Removes an account with everything that is its own: sessions, keys, links, mails.
    ///
    /// Its invitations stay, paused; those made with its API keys expire. The record keeps what happened to it and
    /// what it did, without its personal data.
    /// - Throws: `unavailable`.
    func eraseAccount(_ id: UUID) throws(AuthError) {
        try endInvites(madeWithKeysOf: id)
        try pauseInvites(madeBy: id)
        try record(.userDeleted, of: id)
        // Last: what is recorded of it later keeps its personal data.
        try eraseEvents(of: id)
        try deleteMails(of: id)
        try deleteAccount(id)
    }
}
