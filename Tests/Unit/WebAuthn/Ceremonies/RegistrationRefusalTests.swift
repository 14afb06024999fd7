import Testing

@testable import WebAuthn

@Suite struct RegistrationRefusalTests {
    @Test(arguments: RegistrationRefusals.all)
    func `a registration is refused with`(_ refusal: Refusal<MadePasskey>) throws {
        try check(refusal, by: .es256)
    }

    @Test(arguments: ClientDataRefusals.all)
    func `a registration is refused with client data of`(
        _ refusal: Refusal<ClientDataText>
    ) throws {
        try check(
            Refusal(refusal.name, refusal.reason) { refusal.change(&$0.client) }, by: .es256)
    }

    @Test(arguments: KeyRefusals.all(.es256))
    func `an ES256 registration is refused with`(_ refusal: Refusal<MadePasskey>) throws {
        try check(refusal, by: .es256)
    }

    @Test(arguments: KeyRefusals.all(.edDSA))
    func `an EdDSA registration is refused with`(_ refusal: Refusal<MadePasskey>) throws {
        try check(refusal, by: .edDSA)
    }

    @Test(arguments: KeyRefusals.all(.rs256))
    func `an RS256 registration is refused with`(_ refusal: Refusal<MadePasskey>) throws {
        try check(refusal, by: .rs256)
    }

    private func check(
        _ refusal: Refusal<MadePasskey>, by algorithm: PublicKey.Algorithm
    ) throws {
        var made = try MadePasskey(algorithm)
        refusal.change(&made)
        #expect(try made.outcome(named: refusal.name) == refusal.reason)
    }
}
