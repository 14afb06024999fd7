import Auth
import Testing

@Suite struct FactorPolicyTests {
    @Test(
        arguments: [
            (FactorPolicy.none, []), (.administrators, [.owner, .admin]),
            (.everybody, [.owner, .admin, .member, .user]),
        ] as [(FactorPolicy, [Account.Role])])
    func `a policy requires a second factor of these roles`(
        policy: FactorPolicy, roles: [Account.Role]
    ) {
        #expect(Account.Role.allCases.filter(policy.requires) == roles)
    }
}
