public import Crypto

/// A change of an account by an administrator, as sent.
public struct AccountChange: Sendable {
    /// `active` or `disabled`.
    public var status = TextInput.absent
    /// The tier.
    public var tier = TextInput.absent
    /// The role.
    public var role = TextInput.absent
    /// The person's name.
    public var name = TextInput.absent
    /// Whether the address counts as confirmed, by decision of the administrator instead of a mail.
    public var emailVerified: Bool?
    /// Inputs that could not be decoded; reported together with all others that are invalid.
    public var objections: [InvalidInput] = []

    /// Creates an empty change.
    public init() {}
}

extension AdministrationService {
    /// Changes an account, effective for its next request on every thread.
    ///
    /// Disabling ends its sessions. Activating a pending account approves it. Changing whether its
    /// address is confirmed invalidates its confirmation links.
    /// - Parameters:
    ///   - id: The account.
    ///   - change: Absent values are kept; an equal value counts as no change.
    ///   - administrator: The administrator.
    /// - Returns: The changed account.
    /// - Throws: `invalidInput`, `notFound`; `ownerProtected`, `forbidden`, `apiKeyNotAllowed` depending on
    ///   roles; in person `reauthenticationRequired` for anything but a name; `unauthenticated`, `forbidden` when the caller no longer is an administrator;
    ///   `unavailable`.
    public func changeAccount(
        _ id: UUID, _ change: AccountChange, by administrator: Administrator
    ) throws(AuthError) -> Account {
        let change = try CheckedChange(change)
        let (mails, presence) = (context.accountMails, context.presence(of: administrator))
        let (old, new) = try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            guard let old = try transaction.credential(id)?.account else { throw .notFound }
            let new = change.applied(to: old, at: transaction.now)
            guard new != old else { return (old, old) }
            try authority.require((from: old, to: new))
            if !new.differsByName(from: old) { try transaction.require(presence) }
            if new.role != old.role || new.name != old.name { try authority.requirePerson() }
            if new.emailVerifiedAt != old.emailVerifiedAt {
                try authority.requirePerson()
                try mails.setConfirmation(of: new, from: old, in: transaction)
            }
            try transaction.change(new)
            if old.status == .pending && new.status != .pending {
                try mails.settle(new, in: transaction)
            }
            return (old, new)
        }
        context.note(old, became: new, by: administrator.author)
        return new
    }
}

extension Account {
    /// Whether nothing but its name is another one.
    fileprivate func differsByName(from old: Account) -> Bool {
        var renamed = old
        renamed.name = name
        return self == renamed
    }
}

/// A validated change.
private struct CheckedChange {
    private let status: Account.Status?
    private let tier: Account.Tier?
    private let role: Account.Role?
    private let name: String?
    private let emailVerified: Bool?

    /// Validates a change; all invalid inputs are reported together.
    ///
    /// - Throws: `invalidInput`.
    init(_ change: AccountChange) throws(AuthError) {
        var objections = change.objections
        emailVerified = change.emailVerified
        status = change.status.choice(of: [.active, .disabled], as: "status", &objections)
        tier = change.tier.choice(of: Account.Tier.allCases, as: "tier", &objections)
        role = change.role.choice(of: Account.Role.allCases, as: "role", &objections)
        name = NameField.name(change.name).text(&objections)
        guard objections.isEmpty else { throw .invalidInput(objections) }
    }

    func applied(to account: Account, at time: Timestamp) -> Account {
        var account = account
        if status == .active && account.status != .active { account.letIn(at: time) }
        if let emailVerified {
            account.emailVerifiedAt = emailVerified ? account.emailVerifiedAt ?? time : nil
        }
        account.status = status ?? account.status
        account.tier = tier ?? account.tier
        account.role = role ?? account.role
        account.name = name ?? account.name
        return account
    }
}
