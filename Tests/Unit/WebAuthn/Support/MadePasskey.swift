import Crypto
import Testing

@testable import WebAuthn

/// A registration by an honest authenticator and browser; a test changes its parts.
struct MadePasskey: Sendable {
    /// The site of the tests.
    static let site = RelyingParty(id: "example.com", origin: "https://example.com")
    /// The id of the passkey.
    static let id = Array("the id of a passkey in the tests".utf8)

    /// What the browser states.
    var client = ClientDataText(type: "webauthn.create")
    /// The domain that the passkey is bound to.
    var domain = "example.com"
    /// UP, UV, AT.
    var flags: UInt8 = 0x45
    /// The signature counter.
    var signCount: UInt32 = 7
    /// The id in the authenticator data.
    var id = Self.id
    /// How long the id is said to be.
    var claimedLength = UInt16(Self.id.count)
    /// The id that the browser names.
    var namedID = Self.id
    /// The key in COSE.
    var key: CBORValue
    /// Extensions, and whatever else is behind the key.
    var behindKey: [UInt8] = []
    /// All authenticator data, where they are not made of the parts above.
    var wholeData: [UInt8]?
    /// The format of the attestation.
    var format = CBORValue.text("none")
    /// The attestation statement.
    var statement = CBORValue.map([])
    /// The members of the attestation object, where they are not the usual three.
    var attestation: [(CBORValue, CBORValue)]?
    /// What is behind the attestation object.
    var behindAttestation: [UInt8] = []
    /// All of the attestation object, where it is not made of the parts above.
    var wholeAttestation: [UInt8]?
    /// Whether the site asks for user verification.
    var requiresUserVerification = true

    /// An honest registration.
    init(_ algorithm: PublicKey.Algorithm = .es256) throws {
        let bytes = try AuthenticatorKey(algorithm).publicBytes()
        key = .map(try #require(PublicKey(algorithm: algorithm, bytes: bytes)).members)
    }

    /// The authenticator data.
    var authenticatorData: [UInt8] {
        if let wholeData { return wholeData }
        return SHA256.digest(domain.utf8).bytes + [flags] + signCount.bigEndianBytes
            + [UInt8](repeating: 0xAA, count: 16)
            + [UInt8(claimedLength >> 8), UInt8(claimedLength & 0xFF)] + id + key.encoded
            + behindKey
    }

    /// The members of an honest attestation object.
    var usualAttestation: [(CBORValue, CBORValue)] {
        [
            (.text("fmt"), format), (.text("attStmt"), statement),
            (.text("authData"), .bytes(authenticatorData)),
        ]
    }

    /// What the browser sends.
    var response: RegistrationResponse {
        RegistrationResponse(
            credentialID: namedID, clientDataJSON: client.encoded,
            attestationObject: wholeAttestation
                ?? CBORValue.map(attestation ?? usualAttestation).encoded + behindAttestation)
    }

    /// Replaces a member of the key; nil removes it.
    mutating func setKey(_ label: Int, _ value: CBORValue?) {
        guard case .map(var members) = key else { return }
        let index = members.firstIndex {
            if case .integer(label) = $0.0 { true } else { false }
        }
        switch (index, value) {
        case (let index?, let value?): members[index].1 = value
        case (let index?, nil): members.remove(at: index)
        case (nil, let value?): members.append((.integer(label), value))
        case (nil, nil): break
        }
        key = .map(members)
    }

    /// What the site makes of it.
    func verify() throws(WebAuthnError) -> Registration {
        try Self.site.verify(
            response, challenge: ClientDataText.challenge,
            requiringUserVerification: requiresUserVerification)
    }

    /// The rule that it breaks, also written for others to judge; nil for none.
    func outcome(named name: String) throws -> WebAuthnError? {
        let outcome: WebAuthnError?
        do throws(WebAuthnError) {
            _ = try verify()
            outcome = nil
        } catch {
            outcome = error
        }
        let record = CeremonyRecord(
            name: name, type: .create, requiresUserVerification: requiresUserVerification,
            outcome: outcome)
        try record.write(response)
        return outcome
    }
}

extension UInt32 {
    /// Its four bytes, the highest first.
    var bigEndianBytes: [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * UInt32($0))) }
    }
}
