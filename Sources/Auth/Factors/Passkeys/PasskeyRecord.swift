/// What is known of a passkey, as `FactorVault` seals it.
struct PasskeyRecord: Sendable, Equatable {
    /// The public key with its algorithm, as `PublicKey.encoded` has it.
    let publicKey: [UInt8]
    /// The signature counter of the last assertion; 0 for authenticators without one.
    var signCount: UInt32
    /// Whether it can be copied between devices (BE), which never changes.
    let isBackupEligible: Bool
    /// Whether it is copied at present (BS).
    var isBackedUp: Bool
    /// Whether its device verified its user when it was added.
    let canVerifyUser: Bool
    /// How a browser reaches its authenticator.
    let transports: PasskeyTransports
    /// The model of the authenticator, 16 bytes; zeros where it does not say.
    let aaguid: [UInt8]
}

extension PasskeyRecord {
    private static let format: UInt8 = 1
    private static let aaguidBytes = 16
    /// Format, flags, transports, counter, AAGUID.
    private static let headBytes = 3 + 4 + aaguidBytes

    private enum Flag {
        static let isBackupEligible: UInt8 = 1
        static let isBackedUp: UInt8 = 1 << 1
        static let canVerifyUser: UInt8 = 1 << 2
    }

    /// The record in bytes.
    var data: [UInt8] {
        let flags =
            (isBackupEligible ? Flag.isBackupEligible : 0) | (isBackedUp ? Flag.isBackedUp : 0)
            | (canVerifyUser ? Flag.canVerifyUser : 0)
        let count = (0..<4).map { UInt8(truncatingIfNeeded: signCount >> UInt32(24 - 8 * $0)) }
        return [Self.format, flags, transports.rawValue] + count + aaguid + publicKey
    }

    /// Reads what `FactorVault` opened; nil when it is no such record.
    init?(data: [UInt8]) {
        guard data.count > Self.headBytes, data[0] == Self.format else { return nil }
        isBackupEligible = data[1] & Flag.isBackupEligible != 0
        isBackedUp = data[1] & Flag.isBackedUp != 0
        canVerifyUser = data[1] & Flag.canVerifyUser != 0
        transports = PasskeyTransports(rawValue: data[2])
        signCount = data[3..<7].reduce(0) { $0 << 8 | UInt32($1) }
        aaguid = Array(data[7..<Self.headBytes])
        publicKey = Array(data[Self.headBytes...])
    }
}

extension DataKeyReader {
    /// Opens a passkey.
    ///
    /// - Throws: `unavailable` when it cannot be opened.
    func record(
        of passkey: Credential, opening vault: FactorVault
    ) throws(AuthError) -> PasskeyRecord {
        guard let record = PasskeyRecord(data: try vault.open(passkey, in: self)) else {
            throw FactorVault.unusable("a passkey has data of another form")
        }
        return record
    }

    /// The passkeys among the credentials of an account, oldest first.
    func passkeys(
        among credentials: [Credential], opening vault: FactorVault
    ) throws(AuthError) -> [Passkey] {
        try credentials.filter { $0.kind == .passkey }.map { credential throws(AuthError) in
            Passkey(credential, try record(of: credential, opening: vault))
        }
    }
}
