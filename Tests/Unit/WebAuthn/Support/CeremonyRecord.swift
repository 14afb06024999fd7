import Crypto
import FoundationEssentials
import JSON

@testable import WebAuthn

/// A ceremony with its outcome, for another implementation to judge (`Tests/System/factors`).
struct CeremonyRecord {
    /// What was changed; the name of the file.
    let name: String
    /// The ceremony.
    let type: ClientData.Ceremony
    /// The site.
    var site = MadePasskey.site
    /// What the browser was given.
    var challenge = ClientDataText.challenge
    /// Whether user verification was asked for.
    let requiresUserVerification: Bool
    /// The key and the counter that the site knew.
    var stored: StoredPasskey?
    /// The outcome: nil for an accepted one.
    let outcome: WebAuthnError?

    /// Writes a registration.
    func write(_ response: RegistrationResponse) throws {
        try write(
            id: response.credentialID,
            [
                "clientDataJSON": response.clientDataJSON,
                "attestationObject": response.attestationObject,
            ])
    }

    /// Writes a use.
    func write(_ response: AssertionResponse) throws {
        var parts = [
            "clientDataJSON": response.clientDataJSON,
            "authenticatorData": response.authenticatorData,
            "signature": response.signature,
        ]
        parts["userHandle"] = response.userHandle
        try write(id: response.credentialID, parts)
    }

    /// Writes a file into the folder that the environment names, if it names one.
    private func write(id: [UInt8], _ parts: [String: [UInt8]]) throws {
        guard let folder = ProcessInfo.processInfo.environment["LUNAUTH_CEREMONIES"] else { return }
        let rawID = text(id)
        var object = JSONObject()
        object.add("name", .string(name))
        object.add("type", .string(type.rawValue))
        object.add("rpId", .string(site.id))
        object.add("origin", .string(site.origin))
        object.add("challenge", text(challenge))
        object.add("userVerification", .bool(requiresUserVerification))
        object.add(
            "credential",
            .object([
                "id": rawID, "rawId": rawID, "type": .string("public-key"),
                "response": .object(parts.mapValues(text)),
            ]))
        if let stored {
            object.add("publicKey", text(CBORValue.map(stored.publicKey.members).encoded))
            object.add("signCount", .integer(Int64(stored.signCount)))
        }
        object.add("expected", .string(outcome?.reason ?? "accepted"))
        let path = "\(type.rawValue) \(name)".map { $0.isLetter || $0.isNumber ? $0 : "-" }
        let url = URL(filePath: folder).appending(path: "\(String(path)).json")
        try FileManager.default.createDirectory(
            at: URL(filePath: folder), withIntermediateDirectories: true)
        try Data(object.encoded()).write(to: url)
    }

    private func text(_ bytes: [UInt8]) -> JSONValue { .string(Base64URL.encode(bytes)) }
}
