import Crypto
import Synchronization

/// How often one client, and how often one account, may try.
///
/// Shared by all threads. Counts in memory that is bounded, and starts anew with the process.
public final class Throttle: Sendable {
    /// A network that counts as one client.
    public struct Network: Hashable, Sendable {
        /// Distinguishes an IPv4 address, an IPv6 prefix and the peers of a Unix socket.
        let kind: UInt64
        let bits: UInt64

        /// One IPv4 address.
        public static func ipv4(_ address: UInt32) -> Network {
            Network(kind: 4, bits: UInt64(address))
        }

        /// One IPv6 /64: what a single customer of a provider is given.
        public static func ipv6(prefix: UInt64) -> Network { Network(kind: 6, bits: prefix) }

        /// Every peer of a Unix socket without forwarding fields.
        public static let local = Network(kind: 0, bits: 0)
    }

    /// What a network may do so often.
    public enum Action: Sendable, CaseIterable {
        /// Signing in.
        case login
        /// Opening accounts: signup and register together.
        case signup
        /// First-run setup.
        case setup
        /// Having mails sent, and using the links in them.
        case mail
    }

    private let isEnabled: Atomic<Bool>
    private let now: @Sendable () -> UInt64
    private let accountKey = Secret.random()
    private let logins: TokenBuckets<Network>
    private let signups: TokenBuckets<Network>
    private let setups: TokenBuckets<Network>
    private let mails: TokenBuckets<Network>
    private let failures: TokenBuckets<Digest>
    private let recipients: TokenBuckets<Digest>
    /// How many requests an account may make.
    public let tiers: TierLimits
    private let hashing = Mutex(Hashing())

    private struct Hashing {
        /// Derivations that wait or run.
        var counts: [Network: Int] = [:]
        var refusals: UInt64 = 0
    }

    /// The most derivations of one network that wait or run at once.
    public static let maximumHashesPerNetwork = 4

    /// Limits that nobody has touched yet.
    ///
    /// - Parameters:
    ///   - isEnabled: Without it everything is allowed.
    ///   - capacity: The most buckets of each kind that are remembered.
    ///   - tiers: How many requests an account may make.
    ///   - now: Nanoseconds of a monotonic clock.
    public init(
        isEnabled: Bool, capacity: Int = 65_536, tiers: TierLimits.Rules = TierLimits.Rules(),
        now: @escaping @Sendable () -> UInt64
    ) {
        self.isEnabled = Atomic(isEnabled)
        self.now = now
        logins = TokenBuckets(burst: 30, perMinute: 20, capacity: capacity)
        signups = TokenBuckets(burst: 20, perMinute: 10, capacity: capacity)
        setups = TokenBuckets(burst: 10, perMinute: 6, capacity: capacity)
        mails = TokenBuckets(burst: 10, perMinute: 5, capacity: capacity)
        failures = TokenBuckets(burst: 10, perMinute: 1, capacity: capacity)
        recipients = TokenBuckets(burst: 3, perMinute: 1, capacity: capacity)
        self.tiers = TierLimits(tiers, capacity: capacity)
    }

    /// What is limited.
    public enum Limit: String, Sendable, CaseIterable {
        case login, signup, setup, mail
        /// Mails to one recipient.
        case recipient
        /// Failed logins of one account.
        case failedLogins = "failed_logins"
        /// Derivations of one network at once.
        case hashing
        /// Requests of one account.
        case tiers
    }

    /// How often a limit turned somebody away.
    public func refusals(by limit: Limit) -> UInt64 {
        switch limit {
        case .login: logins.refusals
        case .signup: signups.refusals
        case .setup: setups.refusals
        case .mail: mails.refusals
        case .recipient: recipients.refusals
        case .failedLogins: failures.refusals
        case .hashing: hashing.withLock { $0.refusals }
        case .tiers: tiers.refusals
        }
    }

    /// Switches all limits on or off.
    public func setEnabled(_ enabled: Bool) {
        isEnabled.store(enabled, ordering: .relaxed)
    }

    /// Counts one action of a network.
    ///
    /// - Throws: `tooManyRequests` when it has no token left.
    public func admit(_ action: Action, from network: Network) throws(AuthError) {
        switch action {
        case .login: try take(from: logins, .login, network)
        case .signup: try take(from: signups, .signup, network)
        case .setup: try take(from: setups, .setup, network)
        case .mail: try take(from: mails, .mail, network)
        }
    }

    /// Counts a mail that somebody asked to be sent to an address, whether or not an account has it.
    ///
    /// - Throws: `tooManyRequests` when the address got enough of them.
    func admitMail(to recipient: Email) throws(AuthError) {
        try take(from: recipients, .recipient, attempt(at: recipient.address).key)
    }

    /// Counts a mail as `admitMail` does, where nobody may learn whether it is sent.
    ///
    /// - Returns: Whether the address is to get it.
    func takesMail(to recipient: Email) -> Bool {
        (try? admitMail(to: recipient)) != nil
    }

    /// Counts a request against the limit of its caller's tier.
    ///
    /// - Returns: What the account may still do; nil when such requests do not count.
    func count(_ caller: borrowing Caller) -> Allowance? {
        guard isEnabled.load(ordering: .relaxed) else { return nil }
        return tiers.count(caller, now: now)
    }

    /// Counts an attempt at an account's password before it is checked.
    ///
    /// Counted first and given back when it was right: attempts made side by side can't all pass
    /// before one of them has failed.
    /// - Throws: `tooManyRequests` when too many failed.
    func beginAttempt(at account: Attempt) throws(AuthError) {
        try take(from: failures, .failedLogins, account.key)
    }

    /// Takes an attempt back that did not fail.
    func forget(_ attempt: Attempt) {
        failures.giveBack(attempt.key)
    }

    /// The password attempts at one email, whether or not an account has it.
    struct Attempt {
        fileprivate let key: Digest
    }

    /// The attempts at an email, kept by a MAC of it: the table holds no address of anybody, and
    /// nobody can aim at the bucket of another.
    func attempt(at email: String) -> Attempt {
        Attempt(key: HMACSHA256(key: accountKey).code(for: email.asciiLowercased.utf8))
    }

    /// Runs a piece of work that derives a key, when not too many of the network's wait already.
    ///
    /// - Throws: `tooManyRequests`, or what `work` throws.
    public func whileHashing<Value>(
        for network: Network, _ work: () throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let isAdmitted = hashing.withLock { hashing in
            let count = hashing.counts[network, default: 0]
            guard count < Self.maximumHashesPerNetwork || !isEnabled.load(ordering: .relaxed) else {
                hashing.refusals &+= 1
                return false
            }
            hashing.counts[network] = count + 1
            return true
        }
        guard isAdmitted else { throw .tooManyRequests(retryAfter: 1, limit: .hashing) }
        defer {
            hashing.withLock { hashing in
                let count = hashing.counts[network, default: 1]
                hashing.counts[network] = count > 1 ? count - 1 : nil
            }
        }
        return try work()
    }

    private func take<Key>(
        from buckets: TokenBuckets<Key>, _ limit: Limit, _ key: Key
    ) throws(AuthError) {
        guard isEnabled.load(ordering: .relaxed), let wait = buckets.take(key, now: now()) else {
            return
        }
        throw .tooManyRequests(retryAfter: wait.secondsRoundedUp, limit: limit)
    }
}

extension UInt64 {
    /// As many nanoseconds in whole seconds, rounded up.
    var secondsRoundedUp: Int { Int(self / 1_000_000_000) + (self % 1_000_000_000 == 0 ? 0 : 1) }
}
