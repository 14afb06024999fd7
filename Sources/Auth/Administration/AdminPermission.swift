/// In whose name accounts and invitations are administered.
public enum Administrator: Sendable {
    /// Somebody who was authenticated.
    case caller(Caller)
    /// The operator at the command line, who stands where the owner stands.
    case commandLine
}

extension Administrator {
    /// The API key that acts; nil for a person.
    var key: APIKey? {
        guard case .caller(let caller) = self, case .apiKey(let key) = caller.means else {
            return nil
        }
        return key
    }
}

/// What an administrator may do to others.
///
/// The owner is above all; administrators are above everybody else, but neither above the owner nor
/// above each other. So nobody who has taken one administrator's account can shut the others out.
struct AdminPermission {
    /// Whose it is; nil for the owner's own, lent to the command line or to a link in a mail.
    let account: Account?
    private let isPerson: Bool

    /// The owner's authority, in the name of nobody in particular.
    static let lent = AdminPermission(account: nil, isPerson: true)

    /// The authority of an administrator as a transaction sees it: roles change.
    ///
    /// - Throws: `unauthenticated` when the account is gone or was disabled since it was
    ///   authenticated, `forbidden` when it no longer administers; `unavailable`.
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

    /// Refuses what an administrator would do to the owner or to another administrator.
    ///
    /// - Throws: `forbidden`.
    func requirePower(over target: Account) throws(AuthError) {
        guard isOwners || !target.role.administers || target.id == account?.id else {
            throw .forbidden(.targetProtected)
        }
    }

    /// Refuses an API key where only a person may act.
    ///
    /// - Throws: `apiKeyNotAllowed`.
    func requirePerson() throws(AuthError) {
        guard isPerson else { throw .apiKeyNotAllowed }
    }

    /// Refuses everybody but the owner in person, and the command line.
    ///
    /// - Throws: `forbidden`, `apiKeyNotAllowed`.
    func requireOwner() throws(AuthError) {
        guard isOwners else { throw .forbidden(.notOwner) }
        try requirePerson()
    }

    /// Refuses a role that is not theirs to give.
    ///
    /// - Throws: `ownerProtected` for the owner's, which comes from setup alone; `forbidden` for an
    ///   administrator's unless from the owner, `apiKeyNotAllowed` unless in person: a key that made
    ///   somebody an administrator would outlive its revocation.
    func requireMayAssign(of role: Account.Role) throws(AuthError) {
        switch role {
        case .owner: throw .ownerProtected
        case .admin:
            guard isOwners else { throw .forbidden(.roleNotGivable) }
            try requirePerson()
        case .member, .user: break
        }
    }

    /// Refuses a change of an account.
    ///
    /// - Throws: As the two above; `ownerProtected` when the owner would not be an active owner any
    ///   more, `forbidden` when somebody would disable themselves or change their own role.
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
