import Testing

@testable import WebAuthn

@Suite struct RegistrationTests {
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `an honest registration is accepted`(_ algorithm: PublicKey.Algorithm) throws {
        let made = try MadePasskey(algorithm)
        #expect(try made.outcome(named: "honest \(algorithm)") == nil)
        let registration = try made.verify()
        #expect(registration.credentialID == MadePasskey.id)
        #expect(registration.publicKey.algorithm == algorithm)
        #expect(registration.publicKey.bytes == (try AuthenticatorKey(algorithm).publicBytes()))
        #expect(registration.signCount == 7)
        #expect(registration.isUserVerified)
        #expect(!registration.isBackupEligible && !registration.isBackedUp)
        #expect(registration.aaguid == [UInt8](repeating: 0xAA, count: 16))
    }

    @Test func `presence is enough where verification is not asked for`() throws {
        var made = try MadePasskey()
        made.flags = 0x41
        made.requiresUserVerification = false
        #expect(try made.outcome(named: "presence only") == nil)
        #expect(try !made.verify().isUserVerified)
    }

    @Test func `a passkey that may be backed up says whether it is`() throws {
        var made = try MadePasskey()
        for (flags, isBackedUp) in [(0x4D, false), (0x5D, true)] as [(UInt8, Bool)] {
            made.flags = flags
            #expect(try made.outcome(named: "backed up \(isBackedUp)") == nil)
            let registration = try made.verify()
            #expect(registration.isBackupEligible && registration.isBackedUp == isBackedUp)
        }
    }

    @Test(arguments: [1, 255, 256, 1_023])
    func `ids have up to 1,023 bytes`(count: Int) throws {
        var made = try MadePasskey()
        made.id = [UInt8](repeating: 0x5A, count: count)
        made.claimedLength = UInt16(count)
        made.namedID = made.id
        #expect(try made.outcome(named: "an id of \(count) bytes") == nil)
        #expect(try made.verify().credentialID == made.id)
    }

    @Test func `the members of the attestation have any order`() throws {
        var made = try MadePasskey()
        made.attestation = made.usualAttestation.reversed()
        #expect(try made.outcome(named: "other order") == nil)
    }

    @Test func `a statement of another format is read and not trusted`() throws {
        var made = try MadePasskey()
        made.format = .text("of-a-vendor")
        made.statement = .map([
            (.text("alg"), .integer(-7)), (.text("sig"), .bytes([1])),
            (.text("x5c"), .array([.bytes([2])])),
        ])
        #expect(throws: Never.self) { try made.verify() }
    }

    @Test func `client data may be longer, and marked as UTF-8`() throws {
        var made = try MadePasskey()
        made.client.pad(to: 4_096)
        #expect(try made.outcome(named: "client data of 4,096 bytes") == nil)
        made.client = ClientDataText(type: "webauthn.create")
        made.client["crossOrigin"] = nil
        made.client["other"] = #"{"a": [1, 2.5, null, "\u00e9"]}"#
        #expect(try made.outcome(named: "an unknown member") == nil)
        made.client.text = [0xEF, 0xBB, 0xBF] + made.client.encoded
        #expect(try made.outcome(named: "a byte order mark") == nil)
    }

    @Test(arguments: Extensions.ignored + Extensions.known)
    func `extensions are passed`(name: String, map: CBORValue) throws {
        var made = try MadePasskey()
        made.flags |= 0x80
        made.behindKey = map.encoded
        #expect(try made.outcome(named: name) == nil)
    }

    @Test(arguments: Extensions.odd)
    func `odd extensions are the fault of the response`(name: String, map: CBORValue) throws {
        var made = try MadePasskey()
        made.flags |= 0x80
        made.behindKey = map.encoded
        do throws(WebAuthnError) {
            _ = try made.verify()
        } catch {
            #expect(error == .malformedAuthenticatorData)
        }
    }
}
