public import Crypto

/// What a program signs its requests with instead of a session.
public struct APIKey: Sendable, Equatable {
    /// Names the key to its owner; never a credential.
    public let id: UUID
    /// Whose key it is.
    public let accountID: UUID
    /// What it may do.
    public let scopes: Scopes
    /// When it ends, unless it is revoked before; nil for never.
    public let expiresAt: Timestamp?

    /// A key from its parts.
    public init(id: UUID, accountID: UUID, scopes: Scopes, expiresAt: Timestamp?) {
        self.id = id
        self.accountID = accountID
        self.scopes = scopes
        self.expiresAt = expiresAt
    }

    /// What a key may do on behalf of its account.
    public struct Scopes: OptionSet, Sendable {
        /// One bit a scope.
        public let rawValue: UInt8

        /// Scopes from their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Look at what the account may see.
        public static let read = Scopes(rawValue: 1)
        /// Change what the account may change.
        public static let write = Scopes(rawValue: 2)

        /// Administer the server, as far as a key may, while the account does.
        public static let admin = Scopes(rawValue: 4)

        /// What covers one's own account: all that a key has unless it is asked for more.
        public static let standard: Scopes = [.read, .write]

        private static let known: [(name: String, scope: Scopes)] = [
            ("read", .read), ("write", .write), ("admin", .admin),
        ]

        /// Scopes from their names; nil without a name, with one that is unknown or with one twice.
        init?(names: [String]) {
            self = []
            for name in names {
                guard let scope = Self.known.first(where: { $0.name == name })?.scope,
                    insert(scope).inserted
                else { return nil }
            }
            if isEmpty { return nil }
        }

        /// Their names.
        public var names: [String] { Self.known.filter { contains($0.scope) }.map(\.name) }
    }

    /// For how long a key may administer, in seconds: 90 days.
    public static let maximumAdminSeconds: Int64 = 90 * 86_400

    /// The most live keys of an account, on a server nobody has configured.
    public static let standardMaximum = PerTier(free: 5, pro: 20, team: 100)

    /// The most that were revoked, and the most that have expired, of which the latest are kept.
    public static let maximumPast = 100

    /// Whether it can be used at a time.
    public func isLive(at time: Timestamp) -> Bool {
        expiresAt.map { $0 > time } ?? true
    }

    /// Makes sure that it may do something.
    ///
    /// - Throws: `insufficientScope`; `apiKeyNotAllowed` for what is a person's alone.
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

/// What a request does, as far as it matters to an API key.
public enum Access: Sendable {
    /// Looks.
    case read
    /// Changes something.
    case write
    /// Administers the server, in what a key may do: look at accounts, switch settings, change tiers and
    /// statuses, invite.
    case administration
    /// Manages credentials, sessions or the account itself: for a person who signed in, never for a
    /// key, which could otherwise make itself stronger or outlive its revocation.
    case person
}
