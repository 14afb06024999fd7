public import Crypto

/// An account that a person signs in with.
public struct Account: Sendable, Equatable {
    /// Never changes and is never used for another account.
    public let id: UUID
    /// Unique; the person signs in with it.
    public var email: Email
    /// The person's name; not unique, never identifies an account.
    public var name: String
    /// The tier that a customer pays for.
    public var tier: Tier
    /// The role, which decides the account's permissions.
    public var role: Role
    /// Whether it may be used.
    public var status: Status
    /// When it was created.
    public let createdAt: Timestamp
    /// When the address was confirmed; nil while it is not.
    public var emailVerifiedAt: Timestamp?
    /// When an administrator first approved it; nil when that was never necessary.
    public var approvedAt: Timestamp?
    /// The language of its pages and mails; nil for that of the client.
    public var language: Language?

    /// Creates an account.
    public init(
        id: UUID, email: Email, name: String, tier: Tier, role: Role, status: Status,
        createdAt: Timestamp, emailVerifiedAt: Timestamp? = nil,
        approvedAt: Timestamp? = nil, language: Language? = nil
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.tier = tier
        self.role = role
        self.status = status
        self.createdAt = createdAt
        self.emailVerifiedAt = emailVerifiedAt
        self.approvedAt = approvedAt
        self.language = language
    }

    /// Whether it may currently change settings and other accounts.
    public var isAdministrator: Bool { status == .active && role.administers }

    /// Whether a mailed link may set its password.
    ///
    /// Not for an owner or administrator with an unconfirmed address: a typing error at setup must not
    /// give the server away. The command line sets their passwords.
    var isResetByMail: Bool { !role.administers || emailVerifiedAt != nil }

    /// Activates it on behalf of an administrator.
    mutating func letIn(at time: Timestamp) {
        status = .active
        approvedAt = approvedAt ?? time
    }

    /// The tier that a customer pays for.
    public enum Tier: String, Sendable, CaseIterable {
        case free, pro, team
    }

    /// The role of an account: `user` is a customer, the others belong to the team.
    public enum Role: String, Sendable, CaseIterable {
        case owner, admin, member, user

        /// Whether it may change settings and other accounts.
        public var administers: Bool { self == .owner || self == .admin }
    }

    /// Whether an account may be used.
    public enum Status: String, Sendable, CaseIterable {
        /// May do what its role permits.
        case active
        /// Waits for the approval of an administrator; may read itself and sign out.
        case pending
        /// Rejected everywhere.
        case disabled
    }
}

/// An account with its JSON form, encoded once when it is read and not for every response.
///
/// A class, so that a look-up of one that is cached copies one reference.
public final class AccountRecord: Sendable {
    /// The account.
    public let account: Account
    /// The JSON object in the response of `GET /auth/me`.
    public let profile: [UInt8]

    /// Creates a record.
    public init(account: Account, profile: [UInt8]) {
        self.account = account
        self.profile = profile
    }
}
