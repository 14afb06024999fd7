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

    /// It was one when it was registered.
    @Test func `a stored key that is no point is no fault of the response`() throws {
        var used = try UsedPasskey()
        let bytes = [UInt8](repeating: 0xA5, count: 64)
        used.stored.publicKey = try #require(PublicKey(algorithm: .es256, bytes: bytes))
        #expect(throws: WebAuthnError.libraryFault) { try used.verify() }
    }

    /// libfido2 verifies EdDSA over a copy in a buffer of its own, and fails where it is too small.
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `authenticator data longer than what libfido2 copies are refused`(
        _ algorithm: PublicKey.Algorithm
    ) throws {
        for length in [993, 1_024, 4_096, 4_097] {
            var used = try UsedPasskey(algorithm)
            used.flags = 0x85
            used.behindCounter = Extensions.padding(length - 37).encoded
            #expect(throws: WebAuthnError.size) { try used.verify() }
        }
    }
}
