import Crypto

/// What the record says of accounts that appear and change.
extension Transaction {
    /// Records a new account.
    ///
    /// - Parameters:
    ///   - account: As it was inserted.
    ///   - actor: Who made it; nil for the one that the cause names.
    /// - Throws: `unavailable`.
    func recordCreation(
        of account: Account, by actor: EventActor? = nil
    ) throws(AuthError) {
        try record(
            .userCreated, of: account.id, by: actor,
            [
                EventChange(.email, to: account.email.address),
                EventChange(.name, to: account.name),
                EventChange(.role, to: account.role.rawValue),
                EventChange(.tier, to: account.tier.rawValue),
                EventChange(.status, to: account.status.rawValue),
            ])
    }

    /// Records how name, role, tier and status of an account changed: one event for each.
    ///
    /// - Throws: `unavailable`.
    func recordChange(of old: Account, to new: Account) throws(AuthError) {
        let changes: [(EventKind, EventChange)] = [
            (.userRenamed, EventChange(.name, from: old.name, to: new.name)),
            (.userRoleChanged, EventChange(.role, from: old.role.rawValue, to: new.role.rawValue)),
            (.userTierChanged, EventChange(.tier, from: old.tier.rawValue, to: new.tier.rawValue)),
            (
                new.status.event(after: old.status),
                EventChange(.status, from: old.status.rawValue, to: new.status.rawValue)
            ),
        ]
        for (kind, change) in changes where change.old != change.new {
            try record(kind, of: new.id, [change])
        }
    }

    /// Records another address of an account, or that the present one counts as confirmed from now on, or no more.
    ///
    /// - Parameters:
    ///   - email: The address after the change.
    ///   - isConfirmed: Whether it counts as confirmed.
    ///   - old: The account before.
    /// - Throws: `unavailable`.
    func recordEmail(
        _ email: Email, isConfirmed: Bool, of old: Account
    ) throws(AuthError) {
        let wasConfirmed = old.emailVerifiedAt != nil
        let confirmation = EventChange(
            .confirmed, from: "\(wasConfirmed)", to: "\(isConfirmed)")
        if email != old.email {
            let address = EventChange(.email, from: old.email.address, to: email.address)
            try record(.emailChanged, of: old.id, [address, confirmation])
        } else if isConfirmed != wasConfirmed {
            try record(
                isConfirmed ? .emailConfirmed : .emailChanged, of: old.id, [confirmation])
        }
    }
}

extension Account.Status {
    /// What has happened to an account that has this status now.
    fileprivate func event(after old: Account.Status) -> EventKind {
        switch self {
        case .active: old == .pending ? .userApproved : .userEnabled
        // No rule makes an account pending again; it could not be used then, either.
        case .disabled, .pending: .userDisabled
        }
    }
}
