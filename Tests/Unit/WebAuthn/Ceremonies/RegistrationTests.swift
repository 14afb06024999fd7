import Testing

@testable import WebAuthn

@Suite struct RegistrationTests {
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `an honest registration is accepted`(_ algorithm: PublicKey.Algorithm) throws {
        let made = try MadePasskey(algorithm)
        let registration = try made.verify()
        #expect(registration.credentialID == MadePasskey.id)
        #expect(registration.publicKey.algorithm == algorithm)
        #expect(registration.publicKey.bytes == (try AuthenticatorKey(algorithm).publicBytes()))
        #expect(registration.signCount == 7)
        #expect(registration.isUserVerified)
        #expect(!registration.isBackupEligible && !registration.isBackedUp)
        #expect(registration.aaguid == [UInt8](repeating: 0xAA, count: 16))
    }
}
