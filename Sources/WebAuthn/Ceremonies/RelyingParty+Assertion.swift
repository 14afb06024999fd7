import Crypto

extension RelyingParty {
    /// Verifies that a passkey was used here and now (WebAuthn Level 3 §7.2).
    ///
    /// - Parameters:
    ///   - response: What the browser sent.
    ///   - challenge: What it was given.
    ///   - passkey: What is known of the passkey that the response names.
    ///   - requiresUserVerification: Whether the user has to be verified, not only present.
    /// - Returns: What to keep of this use.
    /// - Throws: The first rule that is broken. The counter is looked at last: `counter` means that
    ///   everything else is right.
    public func verify(
        _ response: AssertionResponse, challenge: [UInt8], by passkey: StoredPasskey,
        requiringUserVerification requiresUserVerification: Bool
    ) throws(WebAuthnError) -> Assertion {
        guard Bounds.credentialID.contains(response.credentialID.count),
            Bounds.signature.contains(response.signature.count)
        else { throw .size }
        guard response.credentialID == passkey.credentialID else { throw .credentialID }
        if let handle = response.userHandle {
            guard handle == passkey.userHandle else { throw .userHandle }
        }
        let client = try ClientData(json: response.clientDataJSON)
        try client.check(type: .get, challenge: challenge, origin: origin)
        let data = try AuthenticatorData(response.authenticatorData, of: .get)
        try check(data, requiringUserVerification: requiresUserVerification)
        guard data.flags.contains(.backupEligible) == passkey.isBackupEligible else {
            throw .backupEligibility
        }
        try FIDOAssertion.verify(
            response, relyingPartyID: id, clientDataHash: SHA256.digest(response.clientDataJSON),
            key: passkey.publicKey)
        // Two zeros: the authenticator does not count (§6.1.1).
        let counts = data.signCount != 0 || passkey.signCount != 0
        guard !counts || data.signCount > passkey.signCount else { throw .counter }
        return Assertion(
            signCount: data.signCount, isUserVerified: data.flags.contains(.userVerified),
            isBackupEligible: data.flags.contains(.backupEligible),
            isBackedUp: data.flags.contains(.backedUp))
    }
}
