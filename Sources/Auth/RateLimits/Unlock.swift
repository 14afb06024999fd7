public import Crypto

/// What a transaction does to the counts of wrong passwords.
public protocol FailedLoginTransaction {
    /// Clears what wrong passwords count at an account: before the write returns where this process
    /// counts them; in a server beside it within a second; where none runs, at its next start.
    ///
    /// - Throws: `unavailable`.
    func clearFailedLogins(of account: Account) throws(AuthError)
}

/// Letting people in again whom others, or they themselves, have locked out.
extension AdministrationService {
    /// Clears what wrong passwords count at an account, so that its right one is taken again.
    ///
    /// Its password, its sessions and its known devices stay.
    /// - Parameters:
    ///   - id: Whose.
    ///   - administrator: Who says so.
    /// - Returns: The account.
    /// - Throws: `notFound`; `forbidden` for owner and administrators unless from the owner or the
    ///   account itself; `unauthenticated`, `forbidden` when the administrator is none any more;
    ///   `unavailable`.
    @discardableResult
    public func unlock(
        _ id: UUID, by administrator: Administrator
    ) throws(AuthError) -> Account {
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(id, inPowerOf: administrator)
            try transaction.clearFailedLogins(of: account)
            return account
        }
    }

    /// Clears what wrong passwords count at an account, for the command line.
    ///
    /// - Returns: The account; nil when no account has this email.
    /// - Throws: `unavailable`.
    public func unlock(ofEmail email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        return try unlock(id, by: .commandLine)
    }

    /// Sends the person of an account a link that sets a new password.
    ///
    /// Nothing else of the account changes, and the administrator learns neither link nor password.
    /// - Parameters:
    ///   - id: Whose.
    ///   - administrator: Who says so.
    /// - Throws: As `unlock`; `accountDisabled`, or `emailUnverified` for an owner or administrator whose
    ///   address was never confirmed: neither could use the link;
    ///   `mailNotConfigured` without a transport; `tooManyRequests` when the address got enough mails.
    public func sendPasswordReset(
        to id: UUID, by administrator: Administrator
    ) throws(AuthError) {
        try context.requireMail()
        let (time, mail) = (now(), mail)
        try store.write { transaction throws(AuthError) in
            let account = try transaction.account(id, inPowerOf: administrator)
            guard account.status != .disabled else { throw .accountDisabled }
            guard account.isResetByMail else { throw .emailUnverified }
            let request = try mail.mail(
                .reset, to: Recipient(account), of: nil, [:], at: time)
            if let refusal = try transaction.post(request, by: mail) { throw refusal.error }
        }
    }
}

extension Transaction {
    /// An account that an administrator may change.
    ///
    /// - Throws: `notFound`; as `AdminPermission.of` and `AdminPermission.requirePower`.
    fileprivate func account(
        _ id: UUID, inPowerOf administrator: Administrator
    ) throws(AuthError) -> Account {
        let authority = try AdminPermission.of(administrator, in: self)
        guard let account = try credential(id)?.account else { throw .notFound }
        try authority.requirePower(over: account)
        return account
    }
}
