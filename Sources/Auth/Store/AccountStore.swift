public import Crypto

/// Reads of accounts.
public protocol AccountStore {
    /// The account of this id.
    ///
    /// - Throws: As `SessionStore.session`.
    func account(_ id: UUID) throws(AuthError) -> AccountRecord?

    /// The account that signs in with this email, and the hash of its password.
    ///
    /// - Throws: As `SessionStore.session`.
    func credential(_ email: Email) throws(AuthError) -> AccountCredential?

    /// Accounts by age, oldest first, for the command line.
    ///
    /// - Parameters:
    ///   - after: The last account of the page before; nil for the first page.
    ///   - limit: The most that are returned.
    /// - Returns: A page; an empty one is the end.
    /// - Throws: `unavailable`.
    func accounts(after: UUID?, limit: Int) throws(AuthError) -> [Account]

    /// Accounts that match, in the requested order, for administrators.
    ///
    /// - Throws: `unavailable`.
    func accounts(
        matching query: AccountQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<Account>

    /// The accounts of a status whose address is confirmed, or is not, counted up to a limit.
    ///
    /// - Parameters:
    ///   - status: The status; nil for any.
    ///   - emailVerified: Whether the address is confirmed; nil for either.
    ///   - limit: Where counting ends.
    /// - Returns: At most the limit.
    /// - Throws: `unavailable`.
    func accountCount(
        status: Account.Status?, emailVerified: Bool?, upTo limit: Int
    ) throws(AuthError) -> Int

    /// The owner and the administrators whose unconfirmed address its reader rejected; at most a hundred.
    ///
    /// - Throws: `unavailable`.
    func administratorsWithRejectedEmail() throws(AuthError) -> [UUID]
}

/// What a transaction does to accounts.
public protocol AccountTransaction {
    /// The owner's account.
    func owner() throws(AuthError) -> Account?

    /// The account of this id and the hash of its password.
    func credential(_ id: UUID) throws(AuthError) -> AccountCredential?

    /// The account of this email.
    func account(_ email: Email) throws(AuthError) -> Account?

    /// Adds an account; the rule is `create`.
    ///
    /// - Throws: `emailTaken` when another has its email, `alreadySetUp` for a second owner: the
    ///   unique indexes decide races.
    func insert(_ account: Account, password: StoredPassword?) throws(AuthError)

    /// Updates name, tier, role, status, language and the time of approval; the rule is `change`.
    ///
    /// - Throws: `alreadySetUp` for a second owner.
    func updateAccount(_ account: Account) throws(AuthError)

    /// Updates a password hash; the rule for a new password is `setPassword`.
    ///
    /// - Parameters:
    ///   - id: The account.
    ///   - password: The new hash.
    ///   - old: Nothing changes when the stored hash is another; nil for whatever is stored.
    /// - Throws: `unavailable`.
    func updatePassword(
        of id: UUID, to password: StoredPassword, ifStill old: StoredPassword?
    ) throws(AuthError)

    /// Deletes the password of an account.
    func deletePassword(of id: UUID) throws(AuthError)

    /// Updates the address and when it was confirmed; the rule is `setEmail`.
    ///
    /// - Throws: `emailTaken` when another account has it.
    func updateEmail(of id: UUID, to email: Email, verifiedAt: Timestamp?) throws(AuthError)

    /// Updates when the reader of an unconfirmed address said that the account is not theirs; nil for
    /// never.
    func updateEmailRejection(of id: UUID, at time: Timestamp?) throws(AuthError)

    /// Deletes an account with its sessions, API keys and link tokens; the rule is `eraseAccount`.
    ///
    /// Its invitations stay, made by no account.
    func deleteAccount(_ id: UUID) throws(AuthError)
}

extension AccountTransaction {
    /// Adds an account with a hash of lunauth's own, as `insert(_:password:)`.
    ///
    /// - Throws: As that.
    public func insert(_ account: Account, passwordHash: PasswordHash) throws(AuthError) {
        try insert(account, password: .own(passwordHash))
    }

    /// Updates a password to a hash of lunauth's own, as `updatePassword`.
    ///
    /// - Throws: As that.
    public func updatePasswordHash(
        of id: UUID, to hash: PasswordHash, ifStill old: PasswordHash?
    ) throws(AuthError) {
        try updatePassword(of: id, to: .own(hash), ifStill: old.map(StoredPassword.own))
    }
}

/// An account and the hash its password is checked against.
public struct AccountCredential: Sendable {
    /// The account.
    public let account: Account
    /// What its password is checked against; nil for an account that has none.
    public let password: StoredPassword?

    /// A credential from its parts.
    public init(account: Account, password: StoredPassword?) {
        self.account = account
        self.password = password
    }

    /// The credential of an account whose hash, if any, is lunauth's own.
    public init(account: Account, passwordHash: PasswordHash?) {
        self.init(account: account, password: passwordHash.map(StoredPassword.own))
    }

    /// The hash that lunauth made; nil for one of another system, too.
    public var passwordHash: PasswordHash? { password?.own }

    /// Whether it has a password, whatever system hashed it.
    public var hasPassword: Bool { password != nil }

    /// Whether a mailed link may set its password.
    ///
    /// One that is signed in to by passkey alone must not be opened by its mailbox. After a rescue it has no
    /// passkey, and the link is the way back. Where the address was never confirmed, a stranger may have added the
    /// passkey and removed the password, to keep the address for good: the reset then removes every factor, too.
    /// - Parameter factors: Those of the account.
    /// - Returns: Whether it may.
    func isResetByMail(having factors: EnrolledFactors) -> Bool {
        account.status != .disabled && account.isResetByMail
            && (hasPassword || factors.passkeys == 0 || account.emailVerifiedAt == nil)
    }
}
