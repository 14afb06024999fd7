public import Crypto

/// What an administrator wants to be otherwise of an account, as it was sent.
public struct AccountChange: Sendable {
    /// `active` or `disabled`.
    public var status = TextInput.absent
    /// What the customer pays for.
    public var tier = TextInput.absent
    /// What the account may do.
    public var role = TextInput.absent
    /// How the person is addressed.
    public var name = TextInput.absent
    /// Whether the address counts as confirmed: the administrator's own word, where no mail proves it.
    public var emailVerified: Bool?
    /// What could not be read; named together with everything else that is at fault.
    public var objections: [InvalidInput] = []

    /// A change of nothing.
    public init() {}
}

extension AdministrationService {
    /// Changes an account; holds for its next request on every thread.
    ///
    /// Disabling ends its sessions. Making a waiting account active approves it. Confirming its address,
    /// or taking that back, ends the links that were to confirm one.
    /// - Parameters:
    ///   - id: Whose.
    ///   - change: What is absent keeps its value; what is so already counts as no change.
    ///   - administrator: Who says so.
    /// - Returns: The account as it is now.
    /// - Throws: `invalidInput`, `notFound`; `ownerProtected`, `forbidden`, `apiKeyNotAllowed` as
    ///   roles have it; `unauthenticated`, `forbidden` when the administrator is none any more;
    ///   `unavailable`.
    public func changeAccount(
        _ id: UUID, _ change: AccountChange, by administrator: Administrator
    ) throws(AuthError) -> Account {
        let change = try CheckedChange(change)
        let (mails, time) = (context.accountMails, now())
        let (old, new) = try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            guard let old = try transaction.credential(id)?.account else { throw .notFound }
            let new = change.applied(to: old, at: time)
            guard new != old else { return (old, old) }
            try authority.require((from: old, to: new))
            if new.role != old.role || new.name != old.name { try authority.requirePerson() }
            if new.emailVerifiedAt != old.emailVerifiedAt {
                try authority.requirePerson()
                try mails.setConfirmation(of: new, from: old, in: transaction)
            }
            try transaction.update(new)
            if old.status == .pending && new.status != .pending {
                try mails.settle(new, at: time, in: transaction)
            }
            return (old, new)
        }
        context.note(old, became: new, by: administrator.author)
        return new
    }
}

/// A change whose inputs are good.
private struct CheckedChange {
    private let status: Account.Status?
    private let tier: Account.Tier?
    private let role: Account.Role?
    private let name: String?
    private let emailVerified: Bool?

    /// Checks a change; names everything at fault at once.
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
