public import Crypto

/// What a transaction does to the counts of failed logins.
public protocol FailedLoginTransaction {
    /// Clears the failed logins of an account: in this process before the write returns; in a server that
    /// runs beside it within a second; if none runs, at its next start. The rule is `unlock`.
    ///
    /// - Throws: `unavailable`.
    func clearFailedLogins(of account: Account) throws(AuthError)
}

extension Transaction {
    /// Clears the failed logins of an account.
    ///
    /// - Throws: `unavailable`.
    func unlock(_ account: Account) throws(AuthError) {
        try clearFailedLogins(of: account)
        try record(.userUnlocked, of: account.id)
    }
}

/// Unlocks accounts that others, or their owners, have locked by failed logins.
extension AdministrationService {
    /// Clears the failed logins of an account, so that its password is accepted again.
    ///
    /// Its password, sessions and known devices are unchanged. A stolen session must not clear the wrong codes
    /// that it enters itself: an administrator with a second factor proves it first.
    /// - Parameters:
    ///   - id: The account.
    ///   - administrator: Who unlocks it.
    /// - Returns: The account.
    /// - Throws: `notFound`; `forbidden` for the owner and administrators unless requested by the owner or
    ///   by the account itself; `reauthenticationRequired`; `unauthenticated`, `forbidden` when the requester is
    ///   no longer an administrator; `unavailable`.
    @discardableResult
    public func unlock(
        _ id: UUID, by administrator: Administrator
    ) throws(AuthError) -> Account {
        let presence = context.presence(of: administrator)
        return try store.write { transaction throws(AuthError) in
            let account = try transaction.account(id, inPowerOf: administrator)
            try transaction.requireFactor(of: presence)
            try transaction.unlock(account)
            return account
        }
    }

    /// Clears the failed logins of an account, for the command line.
    ///
    /// - Returns: The account; nil when no account has this email.
    /// - Throws: `unavailable`.
    public func unlock(ofEmail email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        return try unlock(id, by: .commandLine)
    }

    /// Sends the holder of an account a link that sets a new password.
    ///
    /// The account is otherwise unchanged, and the administrator sees neither link nor password.
    /// - Parameters:
    ///   - id: The account.
    ///   - administrator: Who sends it.
    /// - Throws: As `unlock`; `accountDisabled`, or `emailUnverified` for an owner or administrator whose
    ///   address is unconfirmed, neither of whom could use the link; `mailNotConfigured` without a
    ///   transport; `tooManyRequests` when the address was sent too many mails.
    public func sendPasswordReset(
        to id: UUID, by administrator: Administrator
    ) throws(AuthError) {
        try context.requireMail()
        let mail = mail
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(id, inPowerOf: administrator)
            guard account.status != .disabled else { throw .accountDisabled }
            guard account.isResetByMail else { throw .emailUnverified }
            let request = try mail.mail(
                .reset, to: Recipient(account), of: nil, [:], at: transaction.now)
            if let refusal = try transaction.post(request, by: mail) { throw refusal.error }
        }
    }
}
