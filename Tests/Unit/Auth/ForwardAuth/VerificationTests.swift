import Crypto
import Testing
import TestSupport

@testable import Auth

struct VerificationTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(people: Person.allCases, rules: .sample())
        service = try world.service()
    }

    private static let minimal = Requirement(
        role: .user, tier: .free, confirmedEmail: false, scopes: nil)

    private func verify(
        _ person: Person, _ requirement: Requirement
    ) throws -> Caller {
        try service.signIn.verify(.cookie(world.signIn(person.email).cookie), against: requirement)
    }

    @Test(
        arguments: [
            (.owner, [.owner, .admin, .member, .user]), (.admin, [.admin, .member, .user]),
            (.member, [.member, .user]), (.customer, [.user]),
        ] as [(Person, Set<Account.Role>)])
    func `each role includes the roles below it`(person: Person, roles: Set<Account.Role>) throws {
        for role in Account.Role.allCases {
            var requirement = Self.minimal
            requirement.role = role
            if roles.contains(role) {
                #expect(try verify(person, requirement).account.role == person.role)
            } else {
                #expect(throws: AuthError.forbidden) { try verify(person, requirement) }
            }
        }
    }

    @Test(
        arguments: [(.free, [.free]), (.pro, [.free, .pro]), (.team, [.free, .pro, .team])]
            as [(Account.Tier, Set<Account.Tier>)])
    func `each tier includes the tiers below it`(tier: Account.Tier, tiers: Set<Account.Tier>)
        throws
    {
        world.change(Person.customer.email) { $0.tier = tier }
        for wanted in Account.Tier.allCases {
            var requirement = Self.minimal
            requirement.tier = wanted
            if tiers.contains(wanted) {
                #expect(try verify(.customer, requirement).account.tier == tier)
            } else {
                #expect(throws: AuthError.forbidden) { try verify(.customer, requirement) }
            }
        }
    }

    @Test func `a requirement for a confirmed address is met only by one`() throws {
        var requirement = Self.minimal
        requirement.confirmedEmail = true
        world.unconfirm(Person.owner.email)
        #expect(throws: AuthError.emailUnverified) { try verify(.owner, requirement) }
        world.confirm(Person.owner.email)
        _ = try verify(.owner, requirement)
    }

    @Test func `pending, disabled and unauthenticated callers meet no requirement`() {
        #expect(throws: AuthError.pendingApproval) { try verify(.pending, Self.minimal) }
        #expect(throws: AuthError.unauthenticated) { try verify(.disabled, Self.minimal) }
        #expect(throws: AuthError.unauthenticated) {
            try service.signIn.verify(nil, against: Self.minimal)
        }
    }

    @Test(
        arguments: [
            (nil, .read, .apiKeyNotAllowed), (nil, [.read, .write], .apiKeyNotAllowed),
            (.read, .read, nil), (.read, .write, .insufficientScope),
            (.write, .write, nil), (.write, .read, .insufficientScope),
            ([.read, .write], .read, .insufficientScope),
            ([.read, .write], .write, .insufficientScope),
            ([.read, .write], [.read, .write], nil), (.read, [.read, .write], nil),
        ] as [(APIKey.Scopes?, APIKey.Scopes, AuthError?)])
    func `a key needs every scope of the requirement`(
        wanted: APIKey.Scopes?, scopes: APIKey.Scopes, error: AuthError?
    ) throws {
        let key = APIKeyText.random()
        let account = try #require(world.account(Person.customer.email))
        let details = APIKeyDetails(
            key: APIKey(id: .random(), accountID: account.id, scopes: scopes, expiresAt: nil),
            name: "a key", prefix: key.shown, createdAt: world.clock.now, lastUsedAt: nil)
        try world.store.write { transaction throws(AuthError) in
            try transaction.insert(details, hash: key.hash)
        }
        var requirement = Self.minimal
        requirement.scopes = wanted
        if let error {
            #expect(throws: error) {
                try service.signIn.verify(.bearer(key.text), against: requirement)
            }
        } else {
            let caller = try service.signIn.verify(.bearer(key.text), against: requirement)
            #expect(caller.account == account && caller.session == nil)
        }
    }
}
