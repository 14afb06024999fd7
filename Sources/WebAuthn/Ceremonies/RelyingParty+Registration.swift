import Crypto

extension RelyingParty {
    /// Verifies that a passkey was made here and now (WebAuthn Level 3 §7.1).
    ///
    /// No attestation is asked for: whatever statement comes is read, and none is trusted.
    ///
    /// - Parameters:
    ///   - response: What the browser sent.
    ///   - challenge: What it was given.
    ///   - requiresUserVerification: Whether the user has to be verified, not only present.
    /// - Returns: The passkey.
    /// - Throws: The first rule that is broken.
    public func verify(
        _ response: RegistrationResponse, challenge: [UInt8],
        requiringUserVerification requiresUserVerification: Bool
    ) throws(WebAuthnError) -> Registration {
        guard Bounds.credentialID.contains(response.credentialID.count) else { throw .size }
        let client = try ClientData(json: response.clientDataJSON)
        try client.check(type: .create, challenge: challenge, origin: origin)
        let attestation = try AttestationObject(response.attestationObject)
        let data = try AuthenticatorData(attestation.authenticatorData, of: .create)
        try check(data, requiringUserVerification: requiresUserVerification)
        guard let made = data.credential else { throw .malformedAuthenticatorData }
        guard made.id == response.credentialID else { throw .credentialID }
        let key = try FIDOCredential.publicKey(
            in: attestation.authenticatorData, algorithm: made.algorithm)
        return Registration(
            credentialID: made.id, publicKey: key, signCount: data.signCount,
            isUserVerified: data.flags.contains(.userVerified),
            isBackupEligible: data.flags.contains(.backupEligible),
            isBackedUp: data.flags.contains(.backedUp), aaguid: made.aaguid)
    }

    /// Checks what both ceremonies ask of the authenticator.
    func check(
        _ data: AuthenticatorData, requiringUserVerification requiresUserVerification: Bool
    ) throws(WebAuthnError) {
        guard data.relyingPartyHash == SHA256.digest(id.utf8) else { throw .relyingParty }
        guard data.flags.contains(.userPresent) else { throw .userPresence }
        guard !requiresUserVerification || data.flags.contains(.userVerified) else {
            throw .userVerification
        }
        guard data.flags.contains(.backupEligible) || !data.flags.contains(.backedUp) else {
            throw .backupState
        }
    }
}
