import Testing

@testable import WebAuthn

@Suite struct AssertionTests {
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `an honest use is accepted`(_ algorithm: PublicKey.Algorithm) throws {
        let assertion = try UsedPasskey(algorithm).verify()
        #expect(assertion.signCount == 8)
        #expect(assertion.isUserVerified)
        #expect(!assertion.isBackupEligible && !assertion.isBackedUp)
    }
}
