import Crypto

/// Limits how often an account may create something whose row is kept for a while after it ended.
///
/// The number of live rows is limited elsewhere; without this limit, creating and ending rows in turn
/// would fill the database.
final class CreationLimits: Sendable {
    /// What an account creates.
    enum Kind: CaseIterable {
        /// A session, by a login with the right password.
        case session
        /// An API key.
        case apiKey
        /// An invitation.
        case invite

        /// The limit that refuses an account.
        var limit: Throttle.Limit {
            switch self {
            case .session: .sessions
            case .apiKey: .apiKeys
            case .invite: .invites
            }
        }

        /// The burst, and the rate per minute after it.
        ///
        /// The burst of sessions exceeds the number an account may have: starting a hundred programs at once
        /// is not an attack on the database.
        fileprivate var rate: (burst: UInt64, perMinute: UInt64) {
            switch self {
            case .session: (120, 20)
            case .apiKey: (20, 1)
            case .invite: (100, 2)
            }
        }
    }

    private let kinds: [Kind: TokenBuckets<UUID>]

    /// Creates limits at full allowance.
    ///
    /// - Parameters:
    ///   - capacity: The most accounts of each kind that are tracked.
    ///   - isShared: Whether other processes learn what is created here.
    init(capacity: Int, isShared: Bool = false) {
        let all = Kind.allCases.map { kind in
            let rate = kind.rate
            return (
                kind,
                TokenBuckets<UUID>(
                    burst: rate.burst, perMinute: rate.perMinute, capacity: capacity,
                    isShared: isShared)
            )
        }
        kinds = Dictionary(uniqueKeysWithValues: all)
    }

    /// The buckets of the accounts that create something of a kind.
    func buckets(of kind: Kind) -> TokenBuckets<UUID>? { kinds[kind] }

    /// How often an account was refused.
    func refusals(of kind: Kind) -> UInt64 { kinds[kind]?.refusals ?? 0 }
}

extension Throttle {
    /// Counts what an account is about to create.
    ///
    /// - Throws: `tooManyRequests` when it created too many of that kind lately.
    func admit(_ kind: CreationLimits.Kind, of accountID: UUID) throws(AuthError) {
        let buckets = creations.buckets(of: kind)
        try refuse(after: buckets.flatMap { take(accountID, of: $0) }, by: kind.limit)
    }

    /// Undoes the count of what was not created after all.
    ///
    /// Who has the password and not the second factor must not use up the sessions of the account's owner.
    func giveBack(_ kind: CreationLimits.Kind, of accountID: UUID) {
        if isLimiting { creations.buckets(of: kind)?.giveBack(accountID) }
    }
}
