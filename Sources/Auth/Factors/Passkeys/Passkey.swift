public import Crypto

/// A passkey of an account, as its owner sees it.
public struct Passkey: Sendable, Equatable {
    /// Its id.
    public let id: UUID
    /// The name that tells it from others.
    public let name: String
    /// When it was added.
    public let createdAt: Timestamp
    /// When it was last used; nil for never.
    public let lastUsedAt: Timestamp?
    /// Whether it is copied between the devices of its owner.
    public let isSynced: Bool
    /// Whether its device verified its user, by PIN or biometrics, when it was added: then it is two factors.
    public let canVerifyUser: Bool
    /// How a browser reaches it: `internal`, `hybrid`, `usb`, `nfc`, `ble`.
    public let transports: [String]

    /// The id by which its authenticator names it: no secret.
    public let handle: [UInt8]

    /// The most of one account.
    public static let maximumPerAccount = 20

    /// The name of a passkey that was given none.
    static let standardName = "Passkey"

    /// The passkey of a credential.
    init(_ credential: Credential, _ record: PasskeyRecord) {
        id = credential.id
        name = credential.name ?? Self.standardName
        createdAt = credential.createdAt
        lastUsedAt = credential.lastUsedAt
        isSynced = record.isBackedUp
        canVerifyUser = record.canVerifyUser
        transports = record.transports.names
        handle = credential.handle ?? []
    }
}
