import Crypto

/// On whose authority accounts and invitations are administered.
public enum Administrator: Sendable {
    /// An authenticated client.
    case caller(Caller)
    /// The operator at the command line, with the owner's permissions.
    case commandLine
}

extension Administrator {
    /// The administrator's account; nil for the command line.
    var accountID: UUID? {
        if case .caller(let caller) = self { caller.account.id } else { nil }
    }

    /// The language of the person; nil at the command line.
    var language: Language? {
        guard case .caller(let caller) = self else { return nil }
        return caller.account.language
    }

    /// The API key in use; nil for a session.
    var key: APIKey? {
        guard case .caller(let caller) = self, case .apiKey(let key) = caller.means else {
            return nil
        }
        return key
    }
}

/// What an administrator may do to other accounts.
///
/// The owner is above everybody; administrators are above everybody else, but neither above the owner
/// nor above each other. So a stolen administrator account cannot lock the others out.
struct AdminPermission {
    /// The administrator's account; nil for the owner's permissions at the command line or by an approval link.
    let account: Account?
    private let isPerson: Bool

    /// The owner's permissions, without an account.
    static let lent = AdminPermission(account: nil, isPerson: true)

    /// The permissions of an administrator with a session, as they are known before a transaction.
    static func inPerson(_ account: Account) -> AdminPermission {
        AdminPermission(account: account, isPerson: true)
    }

    /// The permissions of an administrator as a transaction sees them: roles change.
    ///
    /// - Throws: `unauthenticated` when the account was deleted or disabled since it was authenticated,
    ///   `forbidden` when it is no longer an administrator; `unavailable`.
    static func of(
        _ administrator: Administrator, in transaction: any Transaction
    ) throws(AuthError) -> AdminPermission {
        guard case .caller(let caller) = administrator else { return .lent }
        guard let account = try transaction.credential(caller.account.id)?.account,
            account.status == .active
        else { throw .unauthenticated(.callerEnded) }
        guard account.role.administers else { throw .forbidden(.notAdministrator) }
        return AdminPermission(account: account, isPerson: caller.session != nil)
    }

    private var isOwners: Bool { account.map { $0.role == .owner } ?? true }

    /// Refuses an administrator's operation on the owner or on another administrator.
    ///
    /// - Throws: `forbidden`.
    func requirePower(over target: Account) throws(AuthError) {
        guard isOwners || !target.role.administers || target.id == account?.id else {
            throw .forbidden(.targetProtected)
        }
    }

    /// Refuses an API key where a session is required.
    ///
    /// - Throws: `apiKeyNotAllowed`.
    func requirePerson() throws(AuthError) {
        guard isPerson else { throw .apiKeyNotAllowed }
    }

    /// Refuses everybody but the owner with a session, and the command line.
    ///
    /// - Throws: `forbidden`, `apiKeyNotAllowed`.
    func requireOwner() throws(AuthError) {
        guard isOwners else { throw .forbidden(.notOwner) }
        try requirePerson()
    }

    /// Refuses a role that the administrator may not assign.
    ///
    /// - Throws: `ownerProtected` for the owner's, which only setup assigns; `forbidden` for an
    ///   administrator's unless assigned by the owner, `apiKeyNotAllowed` unless with a session: the effect
    ///   of a stolen key must not outlive its revocation.
    func requireMayAssign(of role: Account.Role) throws(AuthError) {
        switch role {
        case .owner: throw .ownerProtected
        case .admin:
            guard isOwners else { throw .forbidden(.roleNotGivable) }
            try requirePerson()
        case .member, .user: break
        }
    }

    /// Refuses the deletion of an account that the administrator may not delete.
    ///
    /// - Throws: As `requirePerson` and `requirePower`; `ownerProtected` for the owner, `forbidden` for the
    ///   administrator's own account: deleting that takes one's password.
    func requireMayDelete(_ target: Account) throws(AuthError) {
        try requirePerson()
        try requirePower(over: target)
        guard target.role != .owner else { throw .ownerProtected }
        guard target.id != account?.id else { throw .forbidden(.ownAccount) }
    }

    /// Refuses a change of an account that the administrator may not make.
    ///
    /// - Throws: As the two above; `ownerProtected` when the owner would no longer be an active owner,
    ///   `forbidden` for disabling one's own account or changing one's own role.
    func require(_ change: (from: Account, to: Account)) throws(AuthError) {
        let (old, new) = change
        try requirePower(over: old)
        let isGivenUp = new.role != old.role || new.status != .active
        guard old.role != .owner || !isGivenUp else { throw .ownerProtected }
        let comesToPower = new.isAdministrator && !old.isAdministrator
        if new.role != old.role || comesToPower { try requireMayAssign(of: new.role) }
        guard old.id != account?.id || !isGivenUp else { throw .forbidden(.ownAccount) }
    }
}

extension Transaction {
    /// An account that an administrator may change.
    ///
    /// - Throws: `notFound`; as `AdminPermission.of` and `AdminPermission.requirePower`.
    func account(
        _ id: UUID, inPowerOf administrator: Administrator
    ) throws(AuthError) -> Account {
        let authority = try AdminPermission.of(administrator, in: self)
        guard let account = try credential(id)?.account else { throw .notFound }
        try authority.requirePower(over: account)
        return account
    }
}
