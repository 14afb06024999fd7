import Testing

@testable import WebAuthn

/// The examples of WebAuthn Level 3 §16.
@Suite struct VectorTests {
    @Test(arguments: [
        "none-es256", "packed-self-es256", "none-es256-long-credential-id", "packed-es256",
        "packed-eddsa", "tpm-es256", "android-key-es256", "apple-es256", "fido-u2f-es256",
    ])
    func `a vector is accepted`(name: String) throws {
        let vector = try Vector(name)
        let made = try vector.register()
        #expect(made.credentialID == vector.credentialID)
        let used = try vector.use(storing: made.publicKey)
        #expect(used.isBackupEligible == made.isBackupEligible)
    }

    /// RS256: its modulus of 3,482 bits is none that an authenticator has, nor one of libfido2.
    @Test(
        arguments: [
            ("none-es256-crossOrigin", .crossOrigin), ("none-es256-topOrigin", .crossOrigin),
            ("packed-es384", .algorithm), ("packed-es512", .algorithm),
            ("packed-ed448", .algorithm),
            ("packed-rs256", .malformedKey),
        ] as [(String, WebAuthnError)])
    func `a vector is refused`(name: String, reason: WebAuthnError) throws {
        let vector = try Vector(name)
        #expect(throws: reason) { try vector.register() }
    }

    @Test(arguments: ["none-es256-crossOrigin", "none-es256-topOrigin"])
    func `so is the use of a passkey in a frame`(name: String) throws {
        let vector = try Vector(name)
        let key = try FIDOCredential.publicKey(
            in: AttestationObject(vector.registration.attestationObject).authenticatorData,
            algorithm: .es256)
        #expect(throws: WebAuthnError.crossOrigin) { try vector.use(storing: key) }
    }

    @Test(arguments: ["none-es256", "packed-eddsa"])
    func `a vector is refused with the challenge of another`(name: String) throws {
        var vector = try Vector(name)
        let made = try vector.register()
        vector.registrationChallenge = vector.assertionChallenge
        #expect(throws: WebAuthnError.challenge) { try vector.register() }
        vector.assertionChallenge[0] ^= 1
        #expect(throws: WebAuthnError.challenge) { try vector.use(storing: made.publicKey) }
    }
}
