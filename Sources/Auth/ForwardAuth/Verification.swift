/// What an application behind a proxy asks of whoever comes in.
public struct Requirement: Sendable, Equatable {
    /// The least the account may be.
    public var role: Account.Role
    /// The least it pays for.
    public var tier: Account.Tier
    /// Whether its address has to be confirmed, because the application knows people by theirs.
    public var confirmedEmail: Bool
    /// What an API key has to allow; nil where none is taken.
    public var scopes: APIKey.Scopes?

    /// A requirement from its parts.
    public init(
        role: Account.Role, tier: Account.Tier, confirmedEmail: Bool, scopes: APIKey.Scopes?
    ) {
        self.role = role
        self.tier = tier
        self.confirmedEmail = confirmedEmail
        self.scopes = scopes
    }
}

extension SignInService {
    /// Finds out who is asking, and that an application lets them in.
    ///
    /// - Parameters:
    ///   - credential: What the request shows.
    ///   - requirement: What the application asks for.
    ///   - note: Told what the account may still do, where the request counts.
    /// - Returns: The caller.
    /// - Throws: As `authenticate`; `apiKeyNotAllowed`, `insufficientScope`; `forbidden` for a lower
    ///   role or tier, `emailUnverified` where the address would have to be asserted.
    public func verify(
        _ credential: PresentedCredential?, against requirement: Requirement,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Caller {
        let access = requirement.scopes.map { $0.contains(.write) ? Access.write : .read }
        let caller = try authenticate(credential, for: access ?? .person, noting: note)
        if case .apiKey(let key) = caller.means, let scopes = requirement.scopes {
            guard key.scopes.isSuperset(of: scopes) else { throw .insufficientScope }
        }
        guard caller.account.role.rank >= requirement.role.rank,
            caller.account.tier.rank >= requirement.tier.rank
        else { throw .forbidden(.requirementUnmet) }
        guard !requirement.confirmedEmail || caller.account.emailVerifiedAt != nil else {
            throw .emailUnverified
        }
        return caller
    }
}

extension Account.Role {
    /// Each includes what is below it.
    fileprivate var rank: Int {
        switch self {
        case .owner: 3
        case .admin: 2
        case .member: 1
        case .user: 0
        }
    }
}

extension Account.Tier {
    /// Each includes what is below it.
    fileprivate var rank: Int {
        switch self {
        case .team: 2
        case .pro: 1
        case .free: 0
        }
    }
}
