import Crypto

/// Why sessions ended before their time.
public enum SessionEndReason: String, Sendable, CaseIterable {
    /// Its client signed out.
    case signOut = "sign_out"
    /// Its client signed in again.
    case replaced
    /// The account began more sessions than it may have at once.
    case limit
    /// Its holder, an administrator or the operator ended it.
    case request
    /// The account has another password.
    case newPassword = "new_password"
    /// The account has no password any more.
    case passwordRemoved = "password_removed"
    /// The factors of the account were removed.
    case factorsReset = "factors_reset"
    /// An import changed the account.
    case accountImported = "account_imported"
    /// The account was disabled.
    case accountDisabled = "account_disabled"
    /// The secret key was replaced, because the former one may be known.
    case secretReplaced = "secret_replaced"
}

/// How sessions begin and end, on the record.
extension Transaction {
    /// Records that a session was inserted.
    ///
    /// - Throws: `unavailable`.
    func recordBeginning(of session: Session) throws(AuthError) {
        try record(
            .sessionCreated, of: session.accountID, object: session.id,
            by: .account(session.accountID),
            [
                EventChange(.methods, to: session.methods.names.joined(separator: " ")),
                EventChange(.expires, to: session.expiresAt.rfc3339),
            ])
    }

    /// Ends a session.
    ///
    /// - Parameters:
    ///   - key: Its key.
    ///   - accountID: The account it has to belong to; nil for any.
    ///   - reason: Why.
    ///   - actor: Who ends it; nil for the one that the cause names.
    /// - Returns: Whether it was live, and the account's.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSession(
        _ key: Session.Key, of accountID: UUID?, because reason: SessionEndReason,
        by actor: EventActor? = nil
    ) throws(AuthError) -> Bool {
        let session = try session(key)
        // One that has expired ends as well, which is nothing new.
        guard try endSession(key, of: accountID), let session else { return false }
        try record(
            .sessionEnded, of: session.accountID, object: session.id, by: actor,
            [EventChange(.reason, to: reason.rawValue)])
        return true
    }

    /// Ends the sessions of an account.
    ///
    /// - Parameters:
    ///   - accountID: The account.
    ///   - kept: The session that stays; nil for none.
    ///   - reason: Why.
    /// - Returns: How many were live.
    /// - Throws: `unavailable`.
    @discardableResult
    func endSessions(
        of accountID: UUID, except kept: UUID?, because reason: SessionEndReason
    ) throws(AuthError) -> Int {
        let count = try endSessions(of: accountID, except: kept)
        guard count > 0 else { return 0 }
        try record(
            .sessionsEnded, of: accountID,
            [
                EventChange(.reason, to: reason.rawValue),
                EventChange(.count, to: "\(count)"),
                kept.map { EventChange(.kept, to: "\($0)") },
            ].compactMap(\.self))
        return count
    }

    /// Ends a batch of the sessions of all accounts: one event, about none of them.
    ///
    /// - Parameters:
    ///   - id: The last one of the batch before; nil for the first batch.
    ///   - limit: The most that are looked at.
    ///   - reason: Why.
    /// - Returns: How many were live, and the last one that was looked at; nil at the end.
    /// - Throws: `unavailable`.
    func endSessions(
        after id: UUID?, limit: Int, because reason: SessionEndReason
    ) throws(AuthError) -> (live: Int, last: UUID?) {
        let batch = try endSessions(after: id, limit: limit)
        guard batch.live > 0 else { return batch }
        try record(
            .sessionsEnded, of: nil,
            [
                EventChange(.reason, to: reason.rawValue),
                EventChange(.count, to: "\(batch.live)"),
            ])
        return batch
    }
}
