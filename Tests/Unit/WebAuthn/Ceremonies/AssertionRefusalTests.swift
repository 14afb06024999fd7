import Testing

@testable import WebAuthn

@Suite struct AssertionRefusalTests {
    @Test(arguments: AssertionRefusals.all)
    func `a use is refused with`(_ refusal: Refusal<UsedPasskey>) throws {
        var used = try UsedPasskey()
        refusal.change(&used)
        #expect(try used.outcome(named: refusal.name) == refusal.reason)
    }

    @Test(arguments: ClientDataRefusals.all)
    func `a use is refused with client data of`(_ refusal: Refusal<ClientDataText>) throws {
        var used = try UsedPasskey()
        refusal.change(&used.client)
        #expect(try used.outcome(named: refusal.name) == refusal.reason)
    }

    /// OpenSSL does not ask at registration whether 32 bytes are a point of Ed25519.
    @Test func `a key of Ed25519 that is no point verifies nothing`() throws {
        var used = try UsedPasskey(.edDSA)
        let bytes = [2] + [UInt8](repeating: 0, count: 31)
        used.stored.publicKey = try #require(PublicKey(algorithm: .edDSA, bytes: bytes))
        #expect(throws: WebAuthnError.signature) { try used.verify() }
    }
}
