/// A limit that several processes count together.
///
/// The number names it in what they exchange: it is never given to another one.
enum SharedLimit: UInt8, CaseIterable {
    case login = 1
    case signup = 2
    case setup = 3
    case mail = 4
    case passwordCheck = 5
    case challenge = 6
    case deviceLoginsByNetwork = 7
    case newAccount = 8
    /// Passwords that strangers have hashed at an address.
    case hashingOfAddress = 9
    /// Passwords that the known clients of an account have hashed.
    case hashingOfAccount = 10
    case deviceLogin = 11
    case session = 12
    case apiKey = 13
    case invite = 14
    case freeTier = 15
    case proTier = 16
    case teamTier = 17
}

extension Throttle {
    /// The buckets that count a limit.
    func buckets(of limit: SharedLimit) -> (any SharedBuckets)? {
        switch limit {
        case .login: return buckets(of: Action.login)
        case .signup: return buckets(of: Action.signup)
        case .setup: return buckets(of: Action.setup)
        case .mail: return buckets(of: Action.mail)
        case .passwordCheck: return buckets(of: Action.passwordCheck)
        case .challenge: return buckets(of: Action.challenge)
        case .deviceLoginsByNetwork: return deviceLoginsByNetwork
        case .newAccount: return newAccounts
        case .hashingOfAddress: return failedLogins.hashings
        case .hashingOfAccount: return knownClients
        case .deviceLogin: return deviceLogins
        case .session: return creations.buckets(of: .session)
        case .apiKey: return creations.buckets(of: .apiKey)
        case .invite: return creations.buckets(of: .invite)
        case .freeTier: return tiers.buckets(of: .free)
        case .proTier: return tiers.buckets(of: .pro)
        case .teamTier: return tiers.buckets(of: .team)
        }
    }
}
