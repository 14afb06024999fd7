import Crypto

@testable import WebAuthn

/// What is refused in a use of a passkey, beside its client data.
enum AssertionRefusals {
    private typealias Change = Refusal<UsedPasskey>

    /// All of them.
    static var all: [Refusal<UsedPasskey>] { data + counters + signatures + encodings }

    private static let data = [
        Change("the type of a registration", .type) { $0.client["type"] = "\"webauthn.create\"" },
        Change("another domain", .relyingParty) { $0.domain = "evil.example" },
        Change("no user present", .userPresence) { $0.flags = 0x04 },
        Change("no user verified", .userVerification) { $0.flags = 0x01 },
        Change("a backup that may not be", .backupState) { $0.flags = 0x15 },
        Change("a passkey that may be backed up now", .backupEligibility) { $0.flags = 0x0D },
        Change("a passkey that is backed up now", .backupEligibility) { $0.flags = 0x1D },
        Change("a passkey that may no longer be backed up", .backupEligibility) {
            $0.stored.isBackupEligible = true
        },
        Change("a passkey that is announced", .malformedAuthenticatorData) { $0.flags = 0x45 },
        Change("a passkey made in a use", .malformedAuthenticatorData) { used in
            guard let made = try? MadePasskey() else { return }
            used.wholeData = made.authenticatorData
        },
        Change("extensions that are not there", .malformedAuthenticatorData) { $0.flags = 0x85 },
        Change("extensions that are not announced", .trailingBytes) { $0.behindCounter = [0xA0] },
        Change("a byte behind the extensions", .trailingBytes) {
            $0.flags = 0x85
            $0.behindCounter = [0xA0, 0]
        },
        Change("a secret that was not asked for", .malformedAuthenticatorData) {
            $0.flags = 0x85
            let secret = CBORValue.bytes([UInt8](repeating: 1, count: 32))
            $0.behindCounter = CBORValue.map([(.text("hmac-secret"), secret)]).encoded
        },
        Change("a byte behind the data", .trailingBytes) { $0.behindCounter = [0] },
        Change("no authenticator data", .size) { $0.wholeData = [] },
        Change("authenticator data of 36 bytes", .size) {
            $0.wholeData = $0.authenticatorData.dropLast()
        },
        Change("authenticator data of 993 bytes", .size) {
            $0.flags = 0x85
            $0.behindCounter = Extensions.padding(956).encoded
        },
        Change("the id of another passkey", .credentialID) { $0.namedID[0] ^= 1 },
        Change("an id cut off", .credentialID) { $0.namedID.removeLast() },
        Change("no id", .size) { $0.namedID = [] },
        Change("an id of 1,024 bytes", .size) { $0.namedID = [UInt8](repeating: 1, count: 1_024) },
        Change("another account", .userHandle) { $0.userHandle?[0] ^= 1 },
        Change("an account cut off", .userHandle) { $0.userHandle?.removeLast() },
        Change("an account without bytes", .userHandle) { $0.userHandle = [] },
    ]

    private static let counters = [
        Change("the same counter", .counter) { $0.signCount = 7 },
        Change("a lower counter", .counter) { $0.signCount = 6 },
        Change("a counter at zero again", .counter) { $0.signCount = 0 },
        Change("a counter that overflowed", .counter) {
            $0.stored.signCount = .max
            $0.signCount = 0
        },
        Change("the largest counter twice", .counter) {
            $0.stored.signCount = .max
            $0.signCount = .max
        },
        Change("a lower counter with a wrong signature", .signature) {
            $0.signCount = 6
            $0.changeSignature = { $0[$0.count - 1] ^= 1 }
        },
    ]

    private static let signatures = [
        Change("the signature of a key of Ed25519", .signature) { used in
            guard let other = try? AuthenticatorKey(.edDSA) else { return }
            used.signer = other
        },
        Change("another key", .signature) {
            guard let bytes = Hex.decode(basePoint.utf8),
                let key = PublicKey(algorithm: .es256, bytes: bytes)
            else { return }
            $0.stored.publicKey = key
        },
        Change("a key of another algorithm", .signature) { used in
            guard let other = try? UsedPasskey(.rs256) else { return }
            used.stored.publicKey = other.stored.publicKey
        },
        Change("a signature over other client data", .signature) {
            $0.sentClient = $0.client
            $0.sentClient?.members.append(("other", "1"))
        },
        Change("a signature over a lower counter", .signature) {
            $0.sentData = $0.authenticatorData
            $0.sentData?[36] = 9
        },
        Change("a signature from before the user was verified", .signature) {
            $0.flags = 0x01
            $0.sentData = $0.authenticatorData
            $0.sentData?[32] = 0x05
        },
    ]

    /// The base point of P-256 (SEC 2 §2.4.2), the public key that belongs to 1.
    private static let basePoint = """
        6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296\
        4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5
        """

    /// Signatures that are not those of DER (RFC 3279 §2.2.3), and numbers outside of the group.
    private static let encodings: [Refusal<UsedPasskey>] = [
        signature("no signature", .size) { _ in [] },
        signature("a signature of 513 bytes", .size) { _ in [UInt8](repeating: 0x30, count: 513) },
        signature("a signature of 512 bytes") { _ in [UInt8](repeating: 0xFF, count: 512) },
        signature("a signature of one byte") { _ in [0x30] },
        signature("an empty sequence") { _ in [0x30, 0] },
        signature("a signature with its last bit changed") {
            $0.dropLast() + [$0[$0.count - 1] ^ 1]
        },
        signature("a signature cut off") { $0.dropLast() },
        signature("a byte behind the signature") { $0 + [0] },
        signature("a signature twice") { $0 + $0 },
        signature("a sequence longer than the signature") { [$0[0], $0[1] + 1] + $0.dropFirst(2) },
        signature("a sequence of 2^31 bytes") {
            [0x30, 0x84, 0x80, 0, 0, 0] + $0.dropFirst(2)
        },
        signature("a sequence of indefinite length") { [0x30, 0x80] + $0.dropFirst(2) + [0, 0] },
        signature("a sequence of BER") { [0x30, 0x81] + $0.dropFirst() },
        signature("a set") { [0x31] + $0.dropFirst() },
        signature("r and s without DER") { _ in [UInt8](repeating: 0x11, count: 64) },
        signature("r and s of zero") { _ in [0x30, 6, 2, 1, 0, 2, 1, 0] },
        signature("r and s of one") { _ in [0x30, 6, 2, 1, 1, 2, 1, 1] },
        signature("r and s below zero") { _ in [0x30, 6, 2, 1, 0xFF, 2, 1, 0xFF] },
        signature("r without bytes") { _ in [0x30, 5, 2, 0, 2, 1, 1] },
        signature("one number only") { _ in [0x30, 3, 2, 1, 1] },
        signature("three numbers") { _ in [0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1] },
        signature("r beyond the group") { _ in
            [0x30, 38, 2, 33, 0] + [UInt8](repeating: 0xFF, count: 32) + [2, 1, 1]
        },
    ]

    private static func signature(
        _ name: String, _ reason: WebAuthnError = .signature,
        _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Refusal<UsedPasskey> {
        Change(name, reason) { $0.changeSignature = { $0 = change($0) } }
    }
}
