import Crypto
import FoundationEssentials
import JSON
import Testing

@testable import WebAuthn

/// A registration and a use of its passkey, from `Tests/Vectors/webauthn-level-3.json`.
struct Vector {
    /// The site of all vectors.
    static let site = RelyingParty(id: "example.org", origin: "https://example.org")

    /// The id of the passkey.
    let credentialID: [UInt8]
    /// What a browser was given to make it.
    var registrationChallenge: [UInt8]
    /// What it sent.
    let registration: RegistrationResponse
    /// What a browser was given to use it.
    var assertionChallenge: [UInt8]
    /// What it sent.
    let assertion: AssertionResponse
    private let name: String

    /// The vector of a name.
    init(_ name: String) throws {
        self.name = name
        let tests = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let path = "/\(tests)/Vectors/webauthn-level-3.json"
        let text = try Array(Data(contentsOf: URL(filePath: path)))
        guard case .object(let file) = try JSONValue.decode(text),
            case .array(let vectors) = file["vectors"]
        else { throw Missing(name: "vectors") }
        for case .object(let members) in vectors where members["name"] == .string(name) {
            let made = try Parts(members, "registration")
            let used = try Parts(members, "authentication")
            credentialID = try made["credential_id"]
            registrationChallenge = try made["challenge"]
            registration = RegistrationResponse(
                credentialID: credentialID, clientDataJSON: try made["clientDataJSON"],
                attestationObject: try made["attestationObject"])
            assertionChallenge = try used["challenge"]
            assertion = AssertionResponse(
                credentialID: credentialID, clientDataJSON: try used["clientDataJSON"],
                authenticatorData: try used["authenticatorData"],
                signature: try used["signature"], userHandle: nil)
            return
        }
        throw Missing(name: name)
    }

    /// What the site makes of the registration, also written for others to judge.
    func register() throws -> Registration {
        let result = Result { () throws(WebAuthnError) in
            try Self.site.verify(
                registration, challenge: registrationChallenge, requiringUserVerification: false)
        }
        try record(.create, challenge: registrationChallenge, stored: nil, result)
            .write(registration)
        return try result.get()
    }

    /// What the site makes of the use, also written for others to judge.
    func use(storing key: PublicKey) throws -> Assertion {
        let attestation = try AttestationObject(registration.attestationObject)
        let data = try AuthenticatorData(attestation.authenticatorData, of: .create)
        let stored = StoredPasskey(
            credentialID: credentialID, publicKey: key, signCount: data.signCount,
            isBackupEligible: data.flags.contains(.backupEligible), userHandle: [])
        let result = Result { () throws(WebAuthnError) in
            try Self.site.verify(
                assertion, challenge: assertionChallenge, by: stored,
                requiringUserVerification: false)
        }
        try record(.get, challenge: assertionChallenge, stored: stored, result).write(assertion)
        return try result.get()
    }

    private func record<T>(
        _ type: ClientData.Ceremony, challenge: [UInt8], stored: StoredPasskey?,
        _ result: Result<T, WebAuthnError>
    ) -> CeremonyRecord {
        let outcome: WebAuthnError? = if case .failure(let error) = result { error } else { nil }
        return CeremonyRecord(
            name: "W3C \(name) \(outcome?.reason ?? "accepted")", type: type, site: Self.site,
            challenge: challenge, requiresUserVerification: false, stored: stored,
            outcome: outcome)
    }

    /// The values of one ceremony.
    private struct Parts {
        private let members: [String: JSONValue]

        init(_ vector: [String: JSONValue], _ ceremony: String) throws {
            guard case .object(let members) = vector[ceremony] else {
                throw Missing(name: ceremony)
            }
            self.members = members
        }

        subscript(name: String) -> [UInt8] {
            get throws {
                guard case .string(let text) = members[name], let bytes = Hex.decode(text.utf8)
                else { throw Missing(name: name) }
                return bytes
            }
        }
    }

    /// What the file does not have.
    private struct Missing: Error {
        let name: String
    }
}
