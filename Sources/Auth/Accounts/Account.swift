public import Crypto

/// Somebody who can sign in.
public struct Account: Sendable, Equatable {
    /// Never changes and is never given to another account.
    public let id: UUID
    /// Unique; what its owner signs in with.
    public var email: Email
    /// How the person is addressed; not unique, never identifies anybody.
    public var name: String
    /// What a customer pays for.
    public var tier: Tier
    /// What the account may do to others.
    public var role: Role
    /// Whether it may be used.
    public var status: Status
    /// When it was made.
    public let createdAt: Timestamp
    /// When the address was confirmed to be the person's; nil while it was not.
    public var emailVerifiedAt: Timestamp?
    /// When an administrator first let it in; nil for one that never had to be.
    public var approvedAt: Timestamp?

    /// An account from its parts.
    public init(
        id: UUID, email: Email, name: String, tier: Tier, role: Role, status: Status,
        createdAt: Timestamp, emailVerifiedAt: Timestamp? = nil,
        approvedAt: Timestamp? = nil
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
    }

    /// Whether it may change settings and other accounts at present.
    public var isAdministrator: Bool { status == .active && role.administers }

    /// Whether a link in a mail may set its password.
    ///
    /// Not of an owner or administrator whose address nobody has confirmed: a typing error at setup must
    /// not hand the server over. The command line sets theirs.
    var isResetByMail: Bool { !role.administers || emailVerifiedAt != nil }

    /// Makes it active because an administrator says so.
    mutating func letIn(at time: Timestamp) {
        status = .active
        approvedAt = approvedAt ?? time
    }

    /// What a customer pays for.
    public enum Tier: String, Sendable, CaseIterable {
        case free, pro, team
    }

    /// What an account may do: `user` is a customer, the others belong to the team.
    public enum Role: String, Sendable, CaseIterable {
        case owner, admin, member, user

        /// Whether it may change settings and other accounts.
        public var administers: Bool { self == .owner || self == .admin }
    }

    /// Whether an account may be used.
    public enum Status: String, Sendable, CaseIterable {
        /// May do what its role allows.
        case active
        /// Waits for the approval of an administrator; may read itself and sign out.
        case pending
        /// Refused everywhere.
        case disabled
    }
}

/// Which accounts are asked for; what is nil does not matter.
public struct AccountQuery: Sendable, Equatable {
    /// Those of this status.
    public var status: Account.Status?
    /// Those of this role.
    public var role: Account.Role?
    /// Those of whose name and address every word of this text begins a part, as `SearchTerms` has
    /// it, whatever the case.
    public var text: String?

    /// What has to begin a term each of an account that is meant; nil when the text does not matter.
    public var sought: [String]? { text.map(SearchTerms.sought) }

    /// A query for all accounts.
    public init(
        status: Account.Status? = nil, role: Account.Role? = nil, text: String? = nil
    ) {
        self.status = status
        self.role = role
        self.text = text
    }
}

/// An account with its public form, encoded once when it is read and not for every answer.
public struct AccountRecord: Sendable {
    /// The account.
    public let account: Account
    /// The JSON object that `GET /auth/me` answers.
    public let profile: [UInt8]

    /// An account with its public form.
    public init(account: Account, profile: [UInt8]) {
        self.account = account
        self.profile = profile
    }
}
