public import Crypto

/// A one-time token that a link in a mail carries; its hash alone is stored.
public struct LinkToken: Sendable, Equatable {
    /// SHA-256 of the token's text.
    public let hash: Digest
    /// What it is good for.
    public let purpose: Purpose
    /// Whose account it concerns; it goes with it.
    public let accountID: UUID
    /// The address it proves control of, for those that prove one.
    public let email: Email?
    /// When it was made.
    public let createdAt: Timestamp
    /// When it ends, unless it is used before.
    public let expiresAt: Timestamp

    /// A token from its parts.
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

    /// What a token is good for; one of one purpose is nothing to another.
    public enum Purpose: String, Sendable, CaseIterable {
        /// Confirms the address of an account, or a new one that takes its place.
        case verifyEmail = "verify_email"
        /// Sets a new password.
        case resetPassword = "reset_password"
        /// Approves or declines the account.
        case decide

        /// Seconds for which a token is good.
        public var lifetime: Int64 {
            switch self {
            case .verifyEmail: 86_400
            case .resetPassword: 1_800
            case .decide: 604_800
            }
        }
    }

    /// The hash under which a token's text is found.
    public static func hash(of text: String) -> Digest { SHA256.digest(text.utf8) }
}

/// A token that is about to be stored, with the text that only its mail will hold.
struct NewLinkToken {
    let token: LinkToken
    /// 43 URL-safe characters of 256 random bits.
    let text: String

    /// A token for an account, good from `time` on.
    init(_ purpose: LinkToken.Purpose, of accountID: UUID, email: Email? = nil, at time: Timestamp)
    {
        text = Base64URL.encode(Random.bytes(32))
        token = LinkToken(
            hash: LinkToken.hash(of: text), purpose: purpose, accountID: accountID, email: email,
            createdAt: time, expiresAt: time.adding(seconds: purpose.lifetime))
    }
}
