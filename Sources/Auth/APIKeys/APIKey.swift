public import Crypto

/// A credential of a program, used instead of a session.
public struct APIKey: Sendable, Equatable {
    /// Identifies the key to its owner; never a credential.
    public let id: UUID
    /// The account.
    public let accountID: UUID
    /// What it allows.
    public let scopes: Scopes
    /// When it expires, unless it is revoked before; nil for never.
    public let expiresAt: Timestamp?

    /// Creates a key.
    public init(id: UUID, accountID: UUID, scopes: Scopes, expiresAt: Timestamp?) {
        self.id = id
        self.accountID = accountID
        self.scopes = scopes
        self.expiresAt = expiresAt
    }

    /// What a key allows on behalf of its account.
    public struct Scopes: OptionSet, Sendable {
        /// One bit for each scope.
        public let rawValue: UInt8

        /// Creates scopes from bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Read what the account may read.
        public static let read = Scopes(rawValue: 1)
        /// Change what the account may change.
        public static let write = Scopes(rawValue: 2)

        /// Administer the server, as far as keys may, while the account is an administrator.
        public static let admin = Scopes(rawValue: 4)

        /// The scopes for one's own account, and the default.
        public static let standard: Scopes = [.read, .write]

        private static let known: [(name: String, scope: Scopes)] = [
            ("read", .read), ("write", .write), ("admin", .admin),
        ]

        /// Parses names; nil for an empty list, an unknown name or a repetition.
        public init?(names: [String]) {
            self = []
            for name in names {
                guard let scope = Self.known.first(where: { $0.name == name })?.scope,
                    insert(scope).inserted
                else { return nil }
            }
            if isEmpty { return nil }
        }

        /// The names of the scopes.
        public var names: [String] { Self.known.filter { contains($0.scope) }.map(\.name) }
    }

    /// The most days that an admin key lasts.
    static let maximumAdminDays = 90
    /// The most seconds that an admin key lasts.
    static let maximumAdminSeconds = Int64(maximumAdminDays) * 86_400

    /// The default of the most live keys of an account.
    public static let standardMaximum = PerTier(free: 5, pro: 20, team: 100)

    /// The most revoked and the most expired keys that are kept, the newest of each.
    public static let maximumPast = 100

    /// Whether it is valid at a time.
    public func isLive(at time: Timestamp) -> Bool {
        expiresAt.map { $0 > time } ?? true
    }

    /// Requires access.
    ///
    /// - Throws: `insufficientScope`; `apiKeyNotAllowed` for access that needs a person.
    func require(_ access: Access) throws(AuthError) {
        switch access {
        case .read where scopes.contains(.read), .write where scopes.contains(.write),
            .administration where scopes.contains(.admin):
            break
        case .read, .write, .administration: throw .insufficientScope
        case .person: throw .apiKeyNotAllowed
        }
    }
}

/// The access of a request, as far as API keys are concerned.
public enum Access: Sendable {
    /// Reads.
    case read
    /// Changes something.
    case write
    /// Administers the server within the limits of keys: read accounts, change settings, tiers and
    /// statuses, invite.
    case administration
    /// Manages credentials, sessions or the account itself: for a signed-in person, never for a key,
    /// which could otherwise extend its own rights or survive its revocation.
    case person
}
