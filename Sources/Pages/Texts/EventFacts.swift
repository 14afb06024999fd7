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

    /// The names of the changes that sentences say; those of others are shown beside them.
    enum Name: String, CaseIterable {
        case count, email, factor, method, methods, name, reason, role, tier
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
    func before(_ name: Name) -> String? { change(name)?.old }

    /// The value of a change after it.
    func after(_ name: Name) -> String? { change(name)?.new }

    /// What the sentence does not say.
    var others: [EventChange] {
        changes.filter { change in !kind.said.contains { $0.rawValue == change.name } }
    }

    private func change(_ name: Name) -> EventChange? {
        changes.first { $0.name == name.rawValue }
    }
}

extension EventKind {
    /// What its sentence says, where it is known.
    fileprivate var said: [EventFacts.Name] {
        switch self {
        case .sessionCreated: [.methods]
        case .sessionEnded: [.reason]
        case .sessionsEnded: [.count, .reason]
        case .loginFailed: [.count, .method]
        case .auditPurged: [.count]
        case .emailChanged, .emailConfirmed: [.email]
        case .factorAdded, .factorRemoved: [.factor, .name]
        case .factorRenamed, .apiKeyCreated, .apiKeyRevoked, .userRenamed: [.name]
        case .userRoleChanged: [.role]
        case .userTierChanged: [.tier]
        case .loginLocked, .passwordChanged, .passwordReset, .passwordRemoved,
            .emailRejected, .factorsReset, .recoveryCodeUsed, .recoveryCodesReplaced, .trustGiven,
            .trustEnded, .userCreated, .userApproved, .userDeclined, .userDisabled, .userEnabled,
            .userDeleted, .userUnlocked, .ownershipTransferred, .inviteCreated, .inviteChanged,
            .inviteRedeemed, .settingsChanged, .mailDropped, .mailRetried, .accountExported,
            .setupCompleted, .secretRotated, .auditKeyRotated, .backupRestored:
            []
        }
    }
}
