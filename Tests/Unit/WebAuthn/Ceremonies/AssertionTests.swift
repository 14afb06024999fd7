import Testing

@testable import WebAuthn

@Suite struct AssertionTests {
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `an honest use is accepted`(_ algorithm: PublicKey.Algorithm) throws {
        let used = try UsedPasskey(algorithm)
        #expect(try used.outcome(named: "honest \(algorithm)") == nil)
        let assertion = try used.verify()
        #expect(assertion.signCount == 8)
        #expect(assertion.isUserVerified)
        #expect(!assertion.isBackupEligible && !assertion.isBackedUp)
    }

    @Test func `presence is enough where verification is not asked for`() throws {
        var used = try UsedPasskey()
        used.flags = 0x01
        used.requiresUserVerification = false
        #expect(try used.outcome(named: "presence only") == nil)
        #expect(try !used.verify().isUserVerified)
    }

    @Test(
        arguments: [
            (0, 0), (0, 1), (7, 8), (UInt32(Int32.max), 1 << 31), (0, UInt32.max), (.max - 1, .max),
        ] as [(UInt32, UInt32)])
    func `a counter may be absent or grow`(stored: UInt32, sent: UInt32) throws {
        var used = try UsedPasskey()
        used.stored.signCount = stored
        used.signCount = sent
        #expect(try used.outcome(named: "counter \(stored) \(sent)") == nil)
        #expect(try used.verify().signCount == sent)
    }

    @Test func `a passkey that may be backed up says whether it is`() throws {
        var used = try UsedPasskey()
        used.stored.isBackupEligible = true
        for (flags, isBackedUp) in [(0x0D, false), (0x1D, true)] as [(UInt8, Bool)] {
            used.flags = flags
            #expect(try used.outcome(named: "backed up \(isBackedUp)") == nil)
            let assertion = try used.verify()
            #expect(assertion.isBackupEligible && assertion.isBackedUp == isBackedUp)
        }
    }

    @Test func `an authenticator need not keep the account`() throws {
        var used = try UsedPasskey()
        used.userHandle = nil
        #expect(try used.outcome(named: "no account") == nil)
    }

    @Test func `flags that are reserved are ignored`() throws {
        var used = try UsedPasskey()
        used.flags = 0x05 | 0x22
        #expect(try used.outcome(named: "reserved flags") == nil)
    }

    @Test(arguments: Extensions.ignored)
    func `extensions that are unknown are ignored`(name: String, map: CBORValue) throws {
        var used = try UsedPasskey()
        used.flags = 0x85
        used.behindCounter = map.encoded
        #expect(try used.outcome(named: name) == nil)
    }

    @Test(arguments: PublicKey.Algorithm.allCases)
    func `authenticator data have up to 992 bytes`(_ algorithm: PublicKey.Algorithm) throws {
        var used = try UsedPasskey(algorithm)
        used.flags = 0x85
        used.behindCounter = Extensions.padding(955).encoded
        #expect(used.authenticatorData.count == 992)
        #expect(try used.outcome(named: "992 bytes of \(algorithm)") == nil)
    }

    @Test(arguments: Extensions.odd)
    func `odd extensions are the fault of the response`(name: String, map: CBORValue) throws {
        var used = try UsedPasskey()
        used.flags = 0x85
        used.behindCounter = map.encoded
        let response = try used.response()
        do throws(WebAuthnError) {
            _ = try used.verify(response)
        } catch {
            #expect(error == .malformedAuthenticatorData)
        }
    }
}
