import Crypto

@testable import WebAuthn

/// A use of a passkey by an honest authenticator and browser; a test changes its parts.
struct UsedPasskey: Sendable {
    /// The account of the tests.
    static let account = Array("an account's id.".utf8)

    /// What the browser states.
    var client = ClientDataText(type: "webauthn.get")
    /// The domain that the passkey is bound to.
    var domain = "example.com"
    /// UP, UV.
    var flags: UInt8 = 0x05
    /// The signature counter.
    var signCount: UInt32 = 8
    /// Extensions, and whatever else is behind the counter.
    var behindCounter: [UInt8] = []
    /// All authenticator data, where they are not made of the parts above.
    var wholeData: [UInt8]?
    /// The id that the browser names.
    var namedID = MadePasskey.id
    /// The account as the authenticator keeps it.
    var userHandle: [UInt8]? = Self.account
    /// What the signature becomes on its way.
    var changeSignature: @Sendable (inout [UInt8]) -> Void = { _ in }
    /// The client data that arrive, where they are not those that were signed.
    var sentClient: ClientDataText?
    /// The authenticator data that arrive, where they are not those that were signed.
    var sentData: [UInt8]?
    /// The key that signs.
    var signer: AuthenticatorKey
    /// What the site knows of the passkey.
    var stored: StoredPasskey
    /// Whether the site asks for user verification.
    var requiresUserVerification = true

    /// An honest use.
    init(_ algorithm: PublicKey.Algorithm = .es256) throws {
        signer = try AuthenticatorKey(algorithm)
        stored = StoredPasskey(
            credentialID: MadePasskey.id,
            publicKey: try MadePasskey(algorithm).verify().publicKey,
            signCount: 7, isBackupEligible: false, userHandle: Self.account)
    }

    /// The authenticator data.
    var authenticatorData: [UInt8] {
        wholeData
            ?? SHA256.digest(domain.utf8).bytes + [flags] + signCount.bigEndianBytes
            + behindCounter
    }

    /// What the browser sends.
    func response() throws -> AssertionResponse {
        let signed = authenticatorData + SHA256.digest(client.encoded).bytes
        var signature = try signer.sign(signed)
        changeSignature(&signature)
        return AssertionResponse(
            credentialID: namedID, clientDataJSON: (sentClient ?? client).encoded,
            authenticatorData: sentData ?? authenticatorData, signature: signature,
            userHandle: userHandle)
    }

    /// What the site makes of it.
    func verify() throws -> Assertion {
        try verify(response())
    }

    /// What the site makes of another response.
    func verify(_ response: AssertionResponse) throws(WebAuthnError) -> Assertion {
        try MadePasskey.site.verify(
            response, challenge: ClientDataText.challenge, by: stored,
            requiringUserVerification: requiresUserVerification)
    }

    /// The rule that it breaks, also written for others to judge; nil for none.
    func outcome(named name: String) throws -> WebAuthnError? {
        let response = try response()
        let outcome: WebAuthnError?
        do throws(WebAuthnError) {
            _ = try verify(response)
            outcome = nil
        } catch {
            outcome = error
        }
        let record = CeremonyRecord(
            name: name, type: .get, requiresUserVerification: requiresUserVerification,
            stored: stored, outcome: outcome)
        try record.write(response)
        return outcome
    }
}
