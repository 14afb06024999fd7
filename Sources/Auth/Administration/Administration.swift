public import Crypto

/// What the operator does from the command line, with or without a running server.
extension AdministrationService {
    /// Creates an account that is active at once, whatever the settings are.
    ///
    /// Its address counts as confirmed if no mail could confirm it; otherwise it is sent a confirmation link.
    /// - Parameters:
    ///   - email: The address it signs in with.
    ///   - name: The display name; nil for the local part of the email.
    ///   - password: The password, which must satisfy the password policy.
    ///   - role: The role.
    /// - Returns: The account.
    /// - Throws: `invalidInput`, `emailTaken`, `alreadySetUp` for a second owner; `unavailable`.
    public func createAccount(
        email: String, name: String?, password: String, role: Account.Role
    ) throws(AuthError) -> Account {
        let applicant = try context.applicant(
            email: .text(email), password: .text(password),
            name: .name(name.map(TextInput.text) ?? .absent))
        let account = context.operatorsAccount(
            context.newAccount(applicant, role: role, tier: .free, status: .active))
        let (verification, mail) = (try context.unprovenVerification(of: account), mail)
        let hash = try context.newHash(applicant, from: .commandLine)
        try store.write { transaction throws(AuthError) in
            if role == .owner, try transaction.hasOwner() { throw .alreadySetUp }
            try transaction.create(account, passwordHash: hash)
            try verification?.post(in: transaction, by: mail)
        }
        return account
    }

    /// Accounts, oldest first.
    ///
    /// - Throws: `unavailable`.
    public func accounts(after: UUID?, limit: Int) throws(AuthError) -> [Account] {
        try store.accounts(after: after, limit: limit)
    }

    /// Activates (approves) an account, or disables it, which ends its sessions.
    ///
    /// - Returns: The updated account; nil when no account has this email.
    /// - Throws: `ownerProtected` for disabling the owner; `unavailable`.
    public func setStatus(
        _ status: Account.Status, ofEmail email: String
    ) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        var change = AccountChange()
        change.status = .text(status.rawValue)
        return try changeAccount(id, change, by: .commandLine)
    }

    /// Marks the address of an account as confirmed, on the operator's word.
    ///
    /// - Returns: The updated account; nil when no account has this email.
    /// - Throws: `unavailable`.
    public func confirmEmail(ofEmail email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        var change = AccountChange()
        change.emailVerified = true
        return try changeAccount(id, change, by: .commandLine)
    }

    /// Deletes an account with everything that belongs to it.
    ///
    /// - Returns: The deleted account; nil when no account has this email.
    /// - Throws: `ownerProtected`; `unavailable`.
    public func deleteAccount(ofEmail email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        return try deleteAccount(id, by: .commandLine)
    }

    /// Sets a password, which ends all sessions of the account and resets its failed logins: its known
    /// devices become unknown, and strangers may have used up the allowance those have then.
    ///
    /// - Returns: The account; nil when no account has this email.
    /// - Throws: `invalidInput`; `unavailable`.
    public func setPassword(
        _ password: String, ofEmail email: String
    ) throws(AuthError) -> Account? {
        guard
            let account = try Email.existing(email).flatMap({ address throws(AuthError) in
                try store.credential(address)
            })?.account
        else { return nil }
        if let objection = rules.passwordPolicy.objection(
            to: password, email: account.email, name: account.name)
        {
            throw .invalidInput([InvalidInput("password", objection)])
        }
        let admission = try throttle.admitHashing(
            at: account.email.address, knownTo: account.id, from: .commandLine)
        let hash = try context.hash(password, admitted: admission)
        try store.write { transaction throws(AuthError) in
            try transaction.recordPassword(.passwordReset, of: account.id)
            try transaction.setPassword(account.id, to: hash, keeping: nil)
            try transaction.unlock(account)
        }
        return account
    }

    /// Enables a disabled account; its sessions stay ended.
    ///
    /// - Returns: The updated account; nil when no account has this email.
    /// - Throws: `pendingApproval` for an account that is pending approval, which is a decision of its
    ///   own; `unavailable`.
    public func enable(_ email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email), let record = try store.account(id) else {
            return nil
        }
        guard record.account.status != .pending else { throw .pendingApproval }
        return try setStatus(.active, ofEmail: email)
    }

    /// Changes an account.
    ///
    /// - Returns: The updated account; nil when no account has this email.
    /// - Throws: As `changeAccount(_:_:by:)`.
    public func changeAccount(
        ofEmail email: String, _ change: AccountChange
    ) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        return try changeAccount(id, change, by: .commandLine)
    }
}

extension AuthContext {
    /// The id of the account with this email; nil when there is none.
    func accountID(_ email: String) throws(AuthError) -> UUID? {
        try Email.existing(email).flatMap { address throws(AuthError) in
            try store.credential(address)?.account.id
        }
    }
}
