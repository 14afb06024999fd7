import Crypto

/// What an authenticator states about a ceremony (WebAuthn Level 3 §6.1).
struct AuthenticatorData {
    /// The bits of the sixth row of the table of §6.1; those that are reserved are ignored.
    struct Flags: OptionSet {
        let rawValue: UInt8

        /// UP: the user was present.
        static let userPresent = Flags(rawValue: 0x01)
        /// UV: the user was verified.
        static let userVerified = Flags(rawValue: 0x04)
        /// BE: the passkey may be backed up.
        static let backupEligible = Flags(rawValue: 0x08)
        /// BS: the passkey is backed up.
        static let backedUp = Flags(rawValue: 0x10)
        /// AT: a passkey follows.
        static let hasCredential = Flags(rawValue: 0x40)
        /// ED: extensions follow.
        static let hasExtensions = Flags(rawValue: 0x80)
    }

    /// The passkey that was made (§6.5.1).
    struct Credential {
        /// The model of the authenticator.
        let aaguid: [UInt8]
        /// The id.
        let id: [UInt8]
        /// The algorithm of the key.
        let algorithm: PublicKey.Algorithm
    }

    /// Hash, flags and counter.
    static let headLength = 32 + 1 + 4

    /// The SHA-256 of the domain.
    let relyingPartyHash: Digest
    /// The flags.
    let flags: Flags
    /// The signature counter.
    let signCount: UInt32
    /// The passkey, in a registration.
    let credential: Credential?

    /// Reads authenticator data, which have a passkey in a registration and none in an assertion.
    ///
    /// - Throws: `size`, `malformedAuthenticatorData`, `trailingBytes`, or what is wrong with the key.
    init(_ bytes: [UInt8], of ceremony: ClientData.Ceremony) throws(WebAuthnError) {
        let bounds =
            ceremony == .create ? Bounds.newAuthenticatorData : Bounds.usedAuthenticatorData
        guard bounds.contains(bytes.count) else { throw .size }
        guard let hash = Digest(bytes: bytes[..<32]) else { throw .malformedAuthenticatorData }
        relyingPartyHash = hash
        flags = Flags(rawValue: bytes[32])
        signCount = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        guard flags.contains(.hasCredential) == (ceremony == .create) else {
            throw .malformedAuthenticatorData
        }
        var reader = CBORReader(bytes, from: Self.headLength)
        credential =
            flags.contains(.hasCredential) ? try Self.readCredential(bytes, &reader) : nil
        if flags.contains(.hasExtensions) {
            do throws(CBORError) {
                try reader.skipMap()
            } catch {
                throw .malformedAuthenticatorData
            }
        }
        guard reader.isAtEnd else { throw .trailingBytes }
    }

    private static func readCredential(
        _ bytes: [UInt8], _ reader: inout CBORReader
    ) throws(WebAuthnError) -> Credential {
        let start = headLength + 18
        guard bytes.count > start else { throw .malformedAuthenticatorData }
        let length = Int(bytes[start - 2]) << 8 | Int(bytes[start - 1])
        guard Bounds.credentialID.contains(length) else { throw .size }
        guard bytes.count > start + length else { throw .malformedAuthenticatorData }
        reader = CBORReader(bytes, from: start + length)
        return Credential(
            aaguid: Array(bytes[headLength..<start - 2]),
            id: Array(bytes[start..<start + length]),
            algorithm: try COSEKey.algorithm(of: &reader, in: bytes))
    }
}
