public import Crypto

/// A one-time token carried by a link in a mail; only its hash is stored.
public struct LinkToken: Sendable, Equatable {
    /// SHA-256 of the token's text.
    public let hash: Digest
    /// What the token allows.
    public let purpose: Purpose
    /// The account it belongs to; deleting the account deletes the token.
    public let accountID: UUID
    /// The address it confirms, if it confirms one.
    public let email: Email?
    /// When it was created.
    public let createdAt: Timestamp
    /// When it expires, unless it is used before.
    public let expiresAt: Timestamp

    /// Creates a token from its parts.
    public init(
        hash: Digest, purpose: Purpose, accountID: UUID, email: Email?, createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.hash = hash
        self.purpose = purpose
        self.accountID = accountID
        self.email = email
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// What a token allows; a token is valid for its own purpose only.
    public enum Purpose: String, Sendable, CaseIterable {
        /// Confirms the address of an account, or a new one that replaces it.
        case verifyEmail = "verify_email"
        /// Sets a new password.
        case resetPassword = "reset_password"
        /// Approves or declines the account.
        case decide

        /// The lifetime of a token, in seconds.
        public var lifetime: Int64 {
            switch self {
            case .verifyEmail: 86_400
            case .resetPassword: 1_800
            case .decide: 604_800
            }
        }
    }

    /// The hash under which a token is looked up.
    public static func hash(of text: String) -> Digest { SHA256.digest(text.utf8) }
}

/// A token about to be stored, with the text that only its mail will contain.
struct NewLinkToken {
    let token: LinkToken
    /// 43 URL-safe characters that encode 256 random bits.
    let text: String

    /// Creates a token for an account, valid from `time` on.
    init(_ purpose: LinkToken.Purpose, of accountID: UUID, email: Email? = nil, at time: Timestamp)
    {
        text = Base64URL.encode(Random.bytes(32))
        token = LinkToken(
            hash: LinkToken.hash(of: text), purpose: purpose, accountID: accountID, email: email,
            createdAt: time, expiresAt: time.adding(seconds: purpose.lifetime))
    }
}
