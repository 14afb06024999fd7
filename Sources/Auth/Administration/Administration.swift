public import Crypto

/// What the operator does from the command line, beside a running server or without one.
extension AdministrationService {
    /// Makes an account, active at once, whatever the settings are.
    ///
    /// Its address counts as confirmed where no mail could confirm it; else it is sent a link that does.
    /// - Parameters:
    ///   - email: What it signs in with.
    ///   - name: The local part of the email where it is nil.
    ///   - password: Keeps the rules for new passwords.
    ///   - role: What it may do.
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
            try transaction.insert(account, passwordHash: hash)
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

    /// Makes an account active (approves it) or disables it, which ends its sessions.
    ///
    /// - Returns: The account as it is now; nil when nobody has this email.
    /// - Throws: `ownerProtected` for disabling the owner; `unavailable`.
    public func setStatus(
        _ status: Account.Status, ofEmail email: String
    ) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        var change = AccountChange()
        change.status = .text(status.rawValue)
        return try changeAccount(id, change, by: .commandLine)
    }

    /// Takes the operator's word that an account's address is its owner's.
    ///
    /// - Returns: The account as it is now; nil when nobody has this email.
    /// - Throws: `unavailable`.
    public func confirmEmail(ofEmail email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        var change = AccountChange()
        change.emailVerified = true
        return try changeAccount(id, change, by: .commandLine)
    }

    /// Deletes an account with everything that is its own.
    ///
    /// - Returns: The account as it was; nil when nobody has this email.
    /// - Throws: `ownerProtected`; `unavailable`.
    public func deleteAccount(ofEmail email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        return try deleteAccount(id, by: .commandLine)
    }

    /// Sets a password, which ends all sessions of the account and clears what wrong passwords count
    /// at it: all devices are unknown from now on, and strangers may have used up what those have.
    ///
    /// - Returns: The account; nil when nobody has this email.
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
            try transaction.setPassword(account.id, to: hash, keeping: nil)
            try transaction.clearFailedLogins(of: account)
        }
        return account
    }

    /// Makes a disabled account active; none of its sessions comes back.
    ///
    /// - Returns: The account as it is now; nil when nobody has this email.
    /// - Throws: `pendingApproval` for one that waits for approval, which is another decision;
    ///   `unavailable`.
    public func enable(_ email: String) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email), let record = try store.account(id) else {
            return nil
        }
        guard record.account.status != .pending else { throw .pendingApproval }
        return try setStatus(.active, ofEmail: email)
    }

    /// Changes an account.
    ///
    /// - Returns: The account as it is now; nil when nobody has this email.
    /// - Throws: As `changeAccount(_:_:by:)`.
    public func changeAccount(
        ofEmail email: String, _ change: AccountChange
    ) throws(AuthError) -> Account? {
        guard let id = try context.accountID(email) else { return nil }
        return try changeAccount(id, change, by: .commandLine)
    }
}

extension AuthContext {
    /// The id of the account with this email; nil when nobody has it.
    func accountID(_ email: String) throws(AuthError) -> UUID? {
        try Email.existing(email).flatMap { address throws(AuthError) in
            try store.credential(address)?.account.id
        }
    }
}
