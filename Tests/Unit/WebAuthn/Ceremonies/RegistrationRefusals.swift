@testable import WebAuthn

/// What is refused in a registration, beside its client data and its key.
enum RegistrationRefusals {
    private typealias Change = Refusal<MadePasskey>

    /// All of them.
    static var all: [Refusal<MadePasskey>] { data + sizes + extensions + attestations }

    private static let data = [
        Change("the type of a use", .type) { $0.client["type"] = "\"webauthn.get\"" },
        Change("another domain", .relyingParty) { $0.domain = "evil.example" },
        Change("the domain above", .relyingParty) { $0.domain = "com" },
        Change("a domain below", .relyingParty) { $0.domain = "www.example.com" },
        Change("the domain in upper case", .relyingParty) { $0.domain = "EXAMPLE.COM" },
        Change("no user present", .userPresence) { $0.flags = 0x44 },
        Change("no user verified", .userVerification) { $0.flags = 0x41 },
        Change("a backup that may not be", .backupState) { $0.flags = 0x55 },
        Change("a passkey that is not announced", .malformedAuthenticatorData) { $0.flags = 0x05 },
        Change("no passkey", .malformedAuthenticatorData) {
            $0.wholeData = Array($0.authenticatorData.prefix(37))
        },
        Change("no passkey, and none announced", .malformedAuthenticatorData) {
            $0.flags = 0x05
            $0.wholeData = Array($0.authenticatorData.prefix(37))
        },
        Change("a byte behind the key", .trailingBytes) { $0.behindKey = [0] },
        Change("a byte behind the attestation", .trailingBytes) { $0.behindAttestation = [0] },
        Change("two attestations", .trailingBytes) {
            $0.behindAttestation = $0.response.attestationObject
        },
        Change("another id", .credentialID) { $0.namedID[0] ^= 1 },
        Change("an id cut off", .credentialID) { $0.namedID.removeLast() },
        Change("an id with one byte more", .credentialID) { $0.namedID.append(0) },
    ]

    private static let sizes = [
        Change("no id", .size) { $0.namedID = [] },
        Change("an id of 1,024 bytes", .size) { $0.namedID = [UInt8](repeating: 1, count: 1_024) },
        Change("no id in the data", .size) {
            $0.id = []
            $0.claimedLength = 0
        },
        Change("an id of 1,024 bytes in the data", .size) {
            $0.id = [UInt8](repeating: 1, count: 1_024)
            $0.claimedLength = 1_024
        },
        Change("an id said to be longer than the data", .malformedAuthenticatorData) {
            $0.claimedLength = 1_000
        },
        Change("an id said to be of 65,535 bytes", .size) { $0.claimedLength = 65_535 },
        Change("an id said to be shorter", .malformedKey) { $0.claimedLength -= 1 },
        Change("an id said to be longer", .malformedKey) { $0.claimedLength += 1 },
        Change("no authenticator data", .size) { $0.wholeData = [] },
        Change("authenticator data of 36 bytes", .size) {
            $0.wholeData = Array($0.authenticatorData.prefix(36))
        },
        Change("authenticator data of 4,097 bytes", .size) {
            $0.behindKey = [UInt8](repeating: 0, count: 4_097 - $0.authenticatorData.count)
        },
        Change("no attestation", .size) { $0.wholeAttestation = [] },
        Change("an attestation of 16,385 bytes", .size) {
            let missing = 16_385 - $0.response.attestationObject.count
            $0.behindAttestation = [UInt8](repeating: 0, count: missing)
        },
    ]

    private static let extensions = [
        Change("extensions that are not there", .malformedAuthenticatorData) { $0.flags = 0xC5 },
        Change("extensions that are not announced", .trailingBytes) {
            $0.behindKey = CBORValue.map([(.text("credProtect"), .integer(2))]).encoded
        },
        extended("a byte behind the extensions", .trailingBytes, .raw([0xA0, 0])),
        extended("extensions in an array", .malformedAuthenticatorData, .array([])),
        extended("tagged extensions", .malformedAuthenticatorData, .raw([0xC1, 0xA0])),
        extended(
            "extensions of indefinite length", .malformedAuthenticatorData, .raw([0xBF, 0xFF])),
        extended(
            "extensions that claim 2^63", .malformedAuthenticatorData,
            .raw(CBORValue.head(5, 1 << 63))),
        extended(
            "extensions that claim 2^64 - 1", .malformedAuthenticatorData,
            .raw(CBORValue.head(5, .max))),
        extended(
            "a text that claims 2^64 - 1 bytes", .malformedAuthenticatorData,
            .raw([0xA1] + CBORValue.head(3, .max))),
        extended(
            "an extension twice", .malformedAuthenticatorData,
            .map([(.text("uvm"), .integer(1)), (.text("uvm"), .integer(2))])),
        extended(
            "extensions nested too deep", .malformedAuthenticatorData,
            .map([(.text("a"), nested(20))])),
        extended(
            "65 extensions", .malformedAuthenticatorData,
            .map((0..<65).map { (.integer($0), .integer(0)) })),
        extended(
            "an extension of no UTF-8", .malformedAuthenticatorData,
            .map([(.raw([0x62, 0xC3, 0x28]), .integer(0))])),
        extended(
            "a protection that is a text", .malformedAuthenticatorData,
            .map([(.text("credProtect"), .text("2"))])),
    ]

    private static let attestations: [Refusal<MadePasskey>] = [
        attestation("an attestation that is an array") { _ in .array([]) },
        attestation("an attestation without members") { _ in .map([]) },
        attestation("an attestation without a format") {
            .map(Array($0.usualAttestation.dropFirst()))
        },
        attestation("an attestation without data") { .map(Array($0.usualAttestation.dropLast())) },
        attestation("an attestation with one member more") {
            .map($0.usualAttestation + [(.text("other"), .integer(1))])
        },
        attestation("a format twice") {
            .map(Array($0.usualAttestation.prefix(2)) + [$0.usualAttestation[0]])
        },
        attestation("authenticator data twice") {
            .map([$0.usualAttestation[2]] + $0.usualAttestation.dropFirst())
        },
        attestation("a name that is a number") {
            .map([(.integer(1), $0.format)] + $0.usualAttestation.dropFirst())
        },
        attestation("a name that is an array of 2^32") {
            .map([(.raw(CBORValue.head(4, 1 << 32)), $0.format)] + $0.usualAttestation.dropFirst())
        },
        attestation("authenticator data in an array") {
            .map($0.usualAttestation.dropLast() + [(.text("authData"), .array([]))])
        },
        attestation("an attestation of indefinite length") {
            .raw([0xBF] + CBORValue.map($0.usualAttestation).encoded.dropFirst() + [0xFF])
        },
        attestation("a tagged attestation") {
            .raw([0xD9, 0xD9, 0xF7] + CBORValue.map($0.usualAttestation).encoded)
        },
        Change("a format of bytes", .malformedAttestation) { $0.format = .bytes([1]) },
        Change("a format of no UTF-8", .malformedAttestation) { $0.format = .raw([0x61, 0xFF]) },
        Change("a statement where there is none", .malformedAttestation) {
            $0.statement = .map([(.text("sig"), .bytes([1]))])
        },
        Change("a statement that is an array", .malformedAttestation) { $0.statement = .array([]) },
        Change("a statement nested too deep", .malformedAttestation) {
            $0.format = .text("packed")
            $0.statement = .map([(.text("x5c"), nested(2_000))])
        },
    ]

    private static func attestation(
        _ name: String, _ whole: @escaping @Sendable (MadePasskey) -> CBORValue
    ) -> Refusal<MadePasskey> {
        Change(name, .malformedAttestation) { $0.wholeAttestation = whole($0).encoded }
    }

    private static func extended(
        _ name: String, _ reason: WebAuthnError, _ extensions: CBORValue
    ) -> Refusal<MadePasskey> {
        Change(name, reason) {
            $0.flags |= 0x80
            $0.behindKey = extensions.encoded
        }
    }

    private static func nested(_ depth: Int) -> CBORValue {
        .raw([UInt8](repeating: 0x81, count: depth) + [0])
    }
}
