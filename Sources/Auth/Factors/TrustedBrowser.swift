public import Crypto

/// A browser in which one account need not prove its second factor at sign-in, for a while.
///
/// It stands for no factor: neither `factors=2` nor a fresh proof is met by it.
public struct TrustedBrowser: Sendable, Equatable {
    /// Its id.
    public let id: UUID
    /// SHA-256 of its cookie's value.
    public let hash: Digest
    /// The account.
    public let accountID: UUID
    /// When it was trusted.
    public let createdAt: Timestamp
    /// When the trust ends.
    public let expiresAt: Timestamp
    /// The last sign-in that it eased; nil for none.
    public var lastUsedAt: Timestamp?
    /// What it said it was.
    public let userAgent: String?
    /// The address it came from.
    public let address: String?

    /// How long a trust lasts unless the configuration says otherwise, in seconds: 30 days.
    public static let standardLifetime: Int64 = 30 * 86_400

    /// The most of one account: further ones replace the oldest.
    static let maximumPerAccount = 20

    /// Creates a trusted browser from its parts.
    public init(
        id: UUID, hash: Digest, accountID: UUID, createdAt: Timestamp, expiresAt: Timestamp,
        lastUsedAt: Timestamp? = nil, userAgent: String?, address: String?
    ) {
        self.id = id
        self.hash = hash
        self.accountID = accountID
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.userAgent = userAgent
        self.address = address
    }

    /// Whether it is the browser of this cookie, as sent.
    public func isNamed(by cookie: ArraySlice<UInt8>) -> Bool {
        AuthContext.hash(ofCookie: cookie) == hash
    }
}
