/// The requirement of an application behind a proxy.
public struct Requirement: Sendable, Equatable {
    /// The least role.
    public var role: Account.Role
    /// The least tier.
    public var tier: Account.Tier
    /// Whether the address must be confirmed, because the application identifies people by it.
    public var confirmedEmail: Bool
    /// The scopes that an API key needs; nil to refuse API keys.
    public var scopes: APIKey.Scopes?
    /// Whether two factors must have been proven in the session; refuses API keys.
    public var twoFactors: Bool

    /// Creates a requirement.
    public init(
        role: Account.Role, tier: Account.Tier, confirmedEmail: Bool, scopes: APIKey.Scopes?,
        twoFactors: Bool = false
    ) {
        self.role = role
        self.tier = tier
        self.confirmedEmail = confirmedEmail
        self.scopes = scopes
        self.twoFactors = twoFactors
    }
}

extension SignInService {
    /// Identifies the caller, who must meet an application's requirement.
    ///
    /// - Parameters:
    ///   - credential: The presented credential.
    ///   - requirement: The requirement of the application.
    ///   - note: Receives what the account has left, if the request counts.
    /// - Returns: The caller.
    /// - Throws: As `authenticate`; `apiKeyNotAllowed`, `insufficientScope`; `forbidden` for a lower role or
    ///   tier, `emailUnverified` when the requirement includes a confirmed address; where it includes two
    ///   factors `reauthenticationRequired`, or `factorEnrolmentRequired` for an account without a second one.
    public func verify(
        _ credential: PresentedCredential?, against requirement: Requirement,
        noting note: (Allowance) -> Void = { _ in }
    ) throws(AuthError) -> Caller {
        let access = requirement.scopes.map { $0.contains(.write) ? Access.write : .read }
        let caller = try authenticate(
            credential, for: requirement.twoFactors ? .person : access ?? .person, noting: note)
        if case .apiKey(let key) = caller.means, let scopes = requirement.scopes {
            guard key.scopes.isSuperset(of: scopes) else { throw .insufficientScope }
        }
        guard caller.account.role.includes(requirement.role),
            caller.account.tier.includes(requirement.tier)
        else { throw .forbidden(.requirementUnmet) }
        guard !requirement.confirmedEmail || caller.account.emailVerifiedAt != nil else {
            throw .emailUnverified
        }
        if requirement.twoFactors { try requireTwoFactors(of: caller) }
        return caller
    }

    /// Requires that two factors were proven in the session of a caller.
    ///
    /// The session says so by itself; only a refusal has to know what the account has.
    private func requireTwoFactors(of caller: Caller) throws(AuthError) {
        guard let session = caller.session else { throw .apiKeyNotAllowed }
        guard !session.methods.hasTwoFactors else { return }
        let factors = try context.secondFactors(of: caller.account)
        guard factors.isEnrolled else { throw .factorEnrolmentRequired(nil) }
        throw .reauthenticationRequired(factors.methods(offersPasskeys: context.offersPasskeys))
    }
}

extension Account.Role {
    /// Whether an account with this role may use what requires the other one.
    public func includes(_ other: Account.Role) -> Bool { rank >= other.rank }

    /// Each role includes those below it.
    private var rank: Int {
        switch self {
        case .owner: 3
        case .admin: 2
        case .member: 1
        case .user: 0
        }
    }
}

extension Account.Tier {
    /// Whether an account of this tier may use what requires the other one.
    public func includes(_ other: Account.Tier) -> Bool { rank >= other.rank }

    /// Each tier includes those below it.
    private var rank: Int {
        switch self {
        case .team: 2
        case .pro: 1
        case .free: 0
        }
    }
}
