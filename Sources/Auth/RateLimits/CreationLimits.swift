import Crypto

/// How often an account may make something whose row is kept for a while after it has ended.
///
/// What is live is bounded by number; without this, making and ending again and again would fill the
/// database nevertheless.
final class CreationLimits: Sendable {
    /// What an account makes.
    enum Kind: CaseIterable {
        /// A session, by a login with the right password.
        case session
        /// An API key.
        case apiKey
        /// An invitation.
        case invite

        /// Which limit turns an account away.
        var limit: Throttle.Limit {
            switch self {
            case .session: .sessions
            case .apiKey: .apiKeys
            case .invite: .invites
            }
        }

        /// How many at once, and how many a minute after those.
        ///
        /// More sessions at once than an account can have live ones: whoever starts a hundred programs
        /// is none who fills the database.
        fileprivate var rate: (burst: UInt64, perMinute: UInt64) {
            switch self {
            case .session: (120, 20)
            case .apiKey: (20, 1)
            case .invite: (100, 2)
            }
        }
    }

    private let kinds: [Kind: TokenBuckets<UUID>]

    /// Limits that no account has touched yet.
    ///
    /// - Parameter capacity: The most accounts of each kind that are remembered.
    init(capacity: Int) {
        let all = Kind.allCases.map { kind in
            let rate = kind.rate
            return (
                kind,
                TokenBuckets<UUID>(
                    burst: rate.burst, perMinute: rate.perMinute, capacity: capacity)
            )
        }
        kinds = Dictionary(uniqueKeysWithValues: all)
    }

    /// A bucket for each account that makes something of a kind.
    func buckets(of kind: Kind) -> TokenBuckets<UUID>? { kinds[kind] }

    /// How often an account was turned away.
    func refusals(of kind: Kind) -> UInt64 { kinds[kind]?.refusals ?? 0 }
}

extension Throttle {
    /// Counts what an account is about to make.
    ///
    /// - Throws: `tooManyRequests` when it made too many of that lately.
    func admit(_ kind: CreationLimits.Kind, of accountID: UUID) throws(AuthError) {
        let buckets = creations.buckets(of: kind)
        try refuse(after: buckets.flatMap { take(accountID, of: $0) }, by: kind.limit)
    }
}
