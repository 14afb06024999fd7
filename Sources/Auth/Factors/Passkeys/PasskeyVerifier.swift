import Crypto
import WebAuthn

/// Verifies the responses of passkeys against what this site asked for; reads and changes nothing.
struct PasskeyVerifier: Sendable {
    private let party: RelyingParty

    /// Creates the verifier of a site.
    ///
    /// - Parameters:
    ///   - rpID: The domain that passkeys are bound to.
    ///   - origin: The origin of the pages.
    init(rpID: String, origin: Origin) {
        party = RelyingParty(id: rpID, origin: origin.description)
    }

    /// What the use of a passkey showed.
    struct Seen: Sendable {
        /// The record of the passkey from now on.
        let record: PasskeyRecord
        /// By which methods the account was proven.
        let methods: AuthenticationMethods
    }

    /// The challenge that a response says it answers.
    ///
    /// - Throws: `invalidPasskey`.
    func challenge(in clientData: [UInt8]) throws(AuthError) -> [UInt8] {
        try Self.reporting { () throws(WebAuthnError) in
            try party.claimedChallenge(in: clientData)
        }
    }

    /// Verifies a new passkey.
    ///
    /// - Parameters:
    ///   - registration: As sent.
    ///   - challenge: What it has to answer.
    /// - Returns: What is kept of it.
    /// - Throws: `invalidPasskey`; `unavailable`.
    func verify(
        _ registration: PasskeyRegistration, of challenge: [UInt8]
    ) throws(AuthError) -> PasskeyRecord {
        let made = try Self.reporting { () throws(WebAuthnError) in
            try party.verify(
                RegistrationResponse(
                    credentialID: registration.handle, clientDataJSON: registration.clientData,
                    attestationObject: registration.attestationObject),
                challenge: challenge, requiringUserVerification: false)
        }
        return PasskeyRecord(
            publicKey: made.publicKey.encoded, signCount: made.signCount,
            isBackupEligible: made.isBackupEligible, isBackedUp: made.isBackedUp,
            canVerifyUser: made.isUserVerified,
            transports: PasskeyTransports(names: registration.transports), aaguid: made.aaguid)
    }

    /// Verifies the use of a passkey.
    ///
    /// - Parameters:
    ///   - assertion: As sent.
    ///   - challenge: What it has to answer.
    ///   - passkey: The passkey that it names.
    ///   - record: What is known of the passkey.
    ///   - requiresUser: Whether its device has to have verified its user.
    /// - Returns: What it showed.
    /// - Throws: `invalidPasskey`; `unavailable`.
    func verify(
        _ assertion: PasskeyAssertion, of challenge: [UInt8], by passkey: Credential,
        _ record: PasskeyRecord, requiresUser: Bool
    ) throws(AuthError) -> Seen {
        guard let key = PublicKey(encoded: record.publicKey) else {
            throw FactorVault.unusable("a passkey has a key of another form")
        }
        let stored = StoredPasskey(
            credentialID: passkey.handle ?? [], publicKey: key, signCount: record.signCount,
            isBackupEligible: record.isBackupEligible, userHandle: passkey.accountID.octets)
        let used = try Self.reporting { () throws(WebAuthnError) in
            try party.verify(
                AssertionResponse(
                    credentialID: assertion.handle, clientDataJSON: assertion.clientData,
                    authenticatorData: assertion.authenticatorData,
                    signature: assertion.signature, userHandle: assertion.userHandle),
                challenge: challenge, by: stored, requiringUserVerification: requiresUser)
        }
        var record = record
        record.signCount = used.signCount
        record.isBackedUp = used.isBackedUp
        var methods: AuthenticationMethods =
            used.isBackupEligible ? .softwareKey : .hardwareKey
        if used.isUserVerified { methods.insert(.userVerified) }
        return Seen(record: record, methods: methods)
    }

    private static func reporting<Value>(
        _ work: () throws(WebAuthnError) -> Value
    ) throws(AuthError) -> Value {
        do throws(WebAuthnError) {
            return try work()
        } catch .libraryFault {
            throw .unavailable(.passkeyFault, detail: "libfido2 cannot verify a passkey")
        } catch {
            throw .invalidPasskey(PasskeyRefusal(error))
        }
    }
}

extension PasskeyRefusal {
    /// The refusal of a response that breaks a rule.
    fileprivate init(_ error: WebAuthnError) {
        let sentence = error.sentence
        self.init(
            .passkeyRefused,
            sentence: sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence,
            wantsNewRegistration: error == .backupEligibility || error == .counter)
    }
}
