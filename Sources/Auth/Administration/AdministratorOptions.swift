/// What an administrator may do to an account, as the rules of `AdminPermission` decide it: pages offer
/// nothing else.
///
/// No verb counts on it: each checks its rules again, in the transaction that it changes the account in.
public struct AdministratorOptions: Sendable, Equatable {
    /// Whether name, plan and confirmation may be changed, sessions ended, keys revoked, and the
    /// account be unlocked.
    public let mayChange: Bool
    /// The roles that the account may be given, in the order of rank, its own among them; none where the
    /// role is fixed.
    public let roles: [Account.Role]
    /// Whether a pending account may be approved or declined.
    public let mayDecide: Bool
    /// Whether an account that is not pending may be disabled or enabled.
    public let maySwitch: Bool
    /// Whether a link that sets a new password may be sent, where the server sends mails.
    public let mayReset: Bool
    /// Whether the account may be deleted.
    public let mayDelete: Bool
}

extension AdministrationService {
    /// What an administrator with a session may do to an account.
    public func options(for account: Account, of administrator: Caller) -> AdministratorOptions {
        let permission = AdminPermission.inPerson(administrator.account)
        let mayChange = permission.permits { () throws(AuthError) in
            try permission.requirePower(over: account)
        }
        let roles = Account.Role.allCases.filter { role in
            var changed = account
            changed.role = role
            return permission.permits { () throws(AuthError) in
                try permission.require((from: account, to: changed))
            }
        }
        var switched = account
        switched.status = account.status == .active ? .disabled : .active
        return AdministratorOptions(
            mayChange: mayChange, roles: roles.count > 1 ? roles : [],
            mayDecide: account.status == .pending
                && permission.permits { () throws(AuthError) in
                    try permission.requirePower(over: account)
                    try permission.requireMayAssign(of: account.role)
                },
            maySwitch: account.status != .pending
                && permission.permits { [switched] () throws(AuthError) in
                    try permission.require((from: account, to: switched))
                },
            mayReset: mayChange && account.status != .disabled && account.isResetByMail,
            mayDelete: permission.permits { () throws(AuthError) in
                try permission.requireMayDelete(account)
            })
    }
}

extension AdministrationService {
    /// The roles that an administrator with a session may give to accounts, and by invitations.
    public func assignableRoles(by administrator: Caller) -> [Account.Role] {
        let permission = AdminPermission.inPerson(administrator.account)
        return Account.Role.allCases.filter { role in
            permission.permits { () throws(AuthError) in
                try permission.requireMayAssign(of: role)
            }
        }
    }
}

extension AdminPermission {
    fileprivate func permits(_ check: () throws(AuthError) -> Void) -> Bool {
        do throws(AuthError) {
            try check()
            return true
        } catch {
            return false
        }
    }
}
