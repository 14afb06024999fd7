import Auth

/// What an event says of a change, for a sentence about it: the facts that the domain records, by their
/// names there.
///
/// Each may be absent, and the sentence is whole without it: it is erased with the account.
struct EventFacts {
    let kind: EventKind
    private let changes: [EventChange]

    /// The facts of an event.
    init(_ event: Event) {
        self.init(event.kind, event.details.changes)
    }

    /// Facts from their parts.
    init(_ kind: EventKind, _ changes: [EventChange] = []) {
        self.kind = kind
        self.changes = changes
    }

    /// How the person was authenticated.
    var methods: AuthenticationMethods? { after(.methods).flatMap(AuthenticationMethods.init) }

    /// What was wrong at a sign-in.
    var method: SignInMethod? { after(.method).flatMap(SignInMethod.init) }

    /// Why sessions ended.
    var reason: SessionEndReason? { after(.reason).flatMap(SessionEndReason.init) }

    /// How many things it is about; nil where that is not recorded.
    var count: Int? { after(.count).flatMap { Int($0) } }

    /// What was added or removed: `totp` or `passkey`.
    var factor: SignInMethod? { (after(.factor) ?? before(.factor)).flatMap(SignInMethod.init) }

    /// What people call the passkey, key or account that it is about.
    var name: String? { after(.name) ?? before(.name) }

    /// The value of a change before it.
    func before(_ name: EventChange.Name) -> String? { change(name)?.old }

    /// The value of a change after it.
    func after(_ name: EventChange.Name) -> String? { change(name)?.new }

    /// What became of invitations.
    var invitations: InvitationState? {
        if after(.paused) == "false" { return .resumed }
        let states: [(EventChange.Name, InvitationState)] = [
            (.paused, .paused), (.revoked, .revoked), (.expired, .expired),
        ]
        return states.first { after($0.0) == "true" }?.1
    }

    enum InvitationState {
        case paused, resumed, revoked
        /// With the API key that made them.
        case expired
    }

    /// What the sentence does not say, of what a person can use.
    var others: [EventChange] {
        changes.filter { change in
            guard let name = change.known else { return true }
            return !kind.said.contains(name) && !change.isForPrograms(in: kind)
        }
    }

    private func change(_ name: EventChange.Name) -> EventChange? {
        changes.first { $0.known == name }
    }
}

extension EventChange {
    /// Whether it is of no use to a person: an id, what is the same in every event of the kind, or follows from
    /// its time.
    fileprivate func isForPrograms(in kind: EventKind) -> Bool {
        switch known {
        case .kept, .browser, .owner, .password: true
        case .expires: kind == .sessionCreated
        // One failure is recorded at once.
        case .time: old == nil && kind != .backupRestored
        case .recoveryCodes: new == "0"
        default: false
        }
    }
}

extension EventKind {
    /// What its sentence says, where it is known.
    fileprivate var said: [EventChange.Name] {
        switch self {
        case .sessionCreated: [.methods]
        case .sessionEnded: [.reason]
        case .sessionsEnded: [.count, .reason]
        case .loginFailed: [.count, .method]
        case .auditPurged: [.count]
        case .emailChanged: [.email]
        case .emailConfirmed: [.email, .confirmed]
        case .factorAdded, .factorRemoved: [.factor, .name]
        case .factorRenamed, .apiKeyCreated, .userRenamed: [.name]
        case .apiKeyRevoked: [.count, .name]
        case .userApproved, .userEnabled, .userDisabled: [.status]
        case .inviteChanged: [.count, .paused, .revoked, .expired]
        case .userRoleChanged: [.role]
        case .userTierChanged: [.tier]
        case .loginLocked, .passwordChanged, .passwordReset, .passwordRemoved,
            .emailRejected, .factorsReset, .recoveryCodeUsed, .recoveryCodesReplaced, .trustGiven,
            .trustEnded, .userCreated, .userDeclined, .userDeleted, .userUnlocked,
            .ownershipTransferred, .inviteCreated, .inviteRedeemed, .settingsChanged, .mailDropped,
            .mailRetried, .accountExported, .accountsExported,
            .setupCompleted, .secretRotated, .auditKeyRotated, .backupRestored:
            []
        }
    }
}
