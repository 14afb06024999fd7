public import Crypto
import Synchronization

/// How often one client, and how often one account, may try.
///
/// Shared by all threads. Counts in memory that is bounded, and starts anew with the process, but for
/// `failedLogins`.
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

        fileprivate var limit: Limit {
            switch self {
            case .login: .login
            case .signup: .signup
            case .setup: .setup
            case .mail: .mail
            }
        }
    }

    private let isEnabled: Atomic<Bool>
    private let now: @Sendable () -> UInt64
    private let recipientKey = Secret.random()
    private let logins: TokenBuckets<Network>
    private let signups: TokenBuckets<Network>
    private let setups: TokenBuckets<Network>
    private let mails: TokenBuckets<Network>
    private let deviceLogins: TokenBuckets<UUID>
    private let deviceCrowds: TokenBuckets<Network>
    private let recipients: TokenBuckets<Digest>
    /// Who failed to sign in, and how often.
    public let failedLogins: FailedLogins
    /// By what the browsers are known that people signed in with.
    public let devices: DeviceKeys
    /// How many requests an account may make.
    public let tiers: TierLimits
    private let hashing = Mutex(Hashing())

    private struct Hashing {
        /// Derivations that wait or run.
        var counts: [Place: Int] = [:]
        var refusals: UInt64 = 0
    }

    /// Whose derivations count together.
    enum Party {
        case network(Network)
        /// Devices that are known to the account they sign in to.
        case devices(of: UUID, in: Network)

        /// Where a derivation is counted, and how many there may be.
        fileprivate var places: [(place: Place, most: Int)] {
            switch self {
            case .network(let network): [(.network(network), Throttle.maximumHashes)]
            case .devices(let account, let network):
                [
                    (.account(account), Throttle.maximumHashes),
                    (.devices(network), Throttle.maximumHashesOfDevices),
                ]
            }
        }
    }

    fileprivate enum Place: Hashable {
        case network(Network)
        case account(UUID)
        case devices(Network)
    }

    /// The most derivations of one network, or of the known devices of one account, that wait or run
    /// at once.
    public static let maximumHashes = 4
    /// The most of all known devices in one network.
    static let maximumHashesOfDevices = 12

    /// Limits that nobody has touched yet.
    ///
    /// - Parameters:
    ///   - isEnabled: Without it everything is allowed.
    ///   - capacity: The most buckets of each kind that are remembered.
    ///   - tiers: How many requests an account may make.
    ///   - failureKey: What failed logins are kept under; the same after a restart.
    ///   - devices: By what browsers are known.
    ///   - now: Nanoseconds of a monotonic clock.
    public init(
        isEnabled: Bool, capacity: Int = 65_536, tiers: TierLimits.Rules = TierLimits.Rules(),
        failureKey: Secret = .random(), devices: DeviceKeys = DeviceKeys([.random()]),
        now: @escaping @Sendable () -> UInt64
    ) {
        self.isEnabled = Atomic(isEnabled)
        self.now = now
        logins = TokenBuckets(burst: 30, perMinute: 20, capacity: capacity)
        signups = TokenBuckets(burst: 20, perMinute: 10, capacity: capacity)
        setups = TokenBuckets(burst: 10, perMinute: 6, capacity: capacity)
        mails = TokenBuckets(burst: 10, perMinute: 5, capacity: capacity)
        deviceLogins = TokenBuckets(burst: 10, perMinute: 2, capacity: capacity)
        deviceCrowds = TokenBuckets(burst: 120, perMinute: 60, capacity: capacity)
        recipients = TokenBuckets(burst: 3, perMinute: 1, capacity: capacity)
        failedLogins = FailedLogins(key: failureKey, capacity: capacity, now: now)
        self.devices = devices
        self.tiers = TierLimits(tiers, capacity: capacity)
    }

    /// What is limited.
    public enum Limit: String, Sendable, CaseIterable {
        case login, signup, setup, mail
        /// Mails to one recipient.
        case recipient
        /// Logins of one known device, where its network has none left.
        case deviceLogin = "device_login"
        /// Failed logins of all strangers at one account.
        case failedLogins = "failed_logins"
        /// Failed logins of the strangers of one network at one account.
        case failedLoginsOfNetwork = "failed_logins_network"
        /// Failed logins of one known device.
        case failedLoginsOfDevice = "failed_logins_device"
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
        case .deviceLogin: deviceLogins.refusals
        case .failedLogins: failedLogins.accounts.refusals
        case .failedLoginsOfNetwork: failedLogins.origins.refusals
        case .failedLoginsOfDevice: failedLogins.known.refusals
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
        try refuse(after: wait(for: action, of: network), by: action.limit)
    }

    /// Counts a login.
    ///
    /// Where its network has none left, the known devices of an account have some of their own: their
    /// neighbours, and strangers who share their address with them, do not keep them out. Anybody can
    /// have many accounts and devices: those of one network are limited together, too.
    /// - Parameter client: Whose login.
    /// - Returns: By what it was let in.
    /// - Throws: `tooManyRequests` when neither has a token left.
    public func admitLogin(from client: ClientContext) throws(AuthError) -> LoginAdmission {
        guard let wait = wait(for: .login, of: client.network) else { return .network }
        let refusal = Self.refusal(after: wait, by: .login)
        guard let device = client.device else { throw refusal }
        let now = now()
        let ownWait = deviceLogins.take(device.accountID, now: now)
        try refuse(after: ownWait.map { min($0, wait) }, by: .deviceLogin)
        let crowdWait = deviceCrowds.take(client.network, now: now)
        if crowdWait != nil { deviceLogins.giveBack(device.accountID) }
        try refuse(after: crowdWait.map { min($0, wait) }, by: .deviceLogin)
        return .device(otherwise: refusal)
    }

    private func wait(for action: Action, of network: Network) -> UInt64? {
        guard isEnabled.load(ordering: .relaxed) else { return nil }
        let buckets =
            switch action {
            case .login: logins
            case .signup: signups
            case .setup: setups
            case .mail: mails
            }
        return buckets.take(network, now: now())
    }

    /// Counts a mail that somebody asked to be sent to an address, whether or not an account has it.
    ///
    /// - Throws: `tooManyRequests` when the address got enough of them.
    func admitMail(to recipient: Email) throws(AuthError) {
        guard isEnabled.load(ordering: .relaxed) else { return }
        let key = HMACSHA256(key: recipientKey).code(for: recipient.address.utf8)
        try refuse(after: recipients.take(key, now: now()), by: .recipient)
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
    /// - Parameters:
    ///   - email: Whose password, whether or not an account has the address.
    ///   - proof: By what the client is known to that account; nil for a stranger.
    ///   - network: Where the client is.
    /// - Returns: The attempt, for `FailedLogins.forget` when it did not fail.
    /// - Throws: `tooManyRequests` when too many failed.
    func beginAttempt(
        at email: String, by proof: FailedLogins.Proof?, from network: Network
    ) throws(AuthError) -> FailedLogins.Attempt {
        guard isEnabled.load(ordering: .relaxed) else { return .uncounted }
        switch failedLogins.begin(at: email, by: proof, from: network) {
        case .counted(let attempt): return attempt
        case .refused(let wait, let limit): throw Self.refusal(after: wait, by: limit)
        }
    }

    /// Runs a piece of work that derives a key, when not too many of the party's wait already.
    ///
    /// - Throws: `tooManyRequests`, or what `work` throws.
    func whileHashing<Value>(
        for party: Party, _ work: () throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let places = party.places
        let isAdmitted = hashing.withLock { hashing in
            let hasRoom = places.allSatisfy { hashing.counts[$0.place, default: 0] < $0.most }
            guard hasRoom || !isEnabled.load(ordering: .relaxed) else {
                hashing.refusals &+= 1
                return false
            }
            for (place, _) in places { hashing.counts[place, default: 0] += 1 }
            return true
        }
        guard isAdmitted else { throw Self.refusal(after: 1, by: .hashing) }
        defer {
            hashing.withLock { hashing in
                for (place, _) in places {
                    let count = hashing.counts[place, default: 1]
                    hashing.counts[place] = count > 1 ? count - 1 : nil
                }
            }
        }
        return try work()
    }

    /// Turns somebody away who has to wait.
    private func refuse(after wait: UInt64?, by limit: Limit) throws(AuthError) {
        if let wait { throw Self.refusal(after: wait, by: limit) }
    }

    private static func refusal(after wait: UInt64, by limit: Limit) -> AuthError {
        .tooManyRequests(retryAfter: wait.secondsRoundedUp, limit: limit)
    }
}

/// By what a login was let in.
public enum LoginAdmission: Sendable {
    /// Its network had one left.
    case network
    /// Its device had: it may sign in to the account it is known to, and to no other.
    case device(otherwise: AuthError)
}

extension UInt64 {
    /// As many nanoseconds in whole seconds, rounded up.
    var secondsRoundedUp: Int { Int(self / 1_000_000_000) + (self % 1_000_000_000 == 0 ? 0 : 1) }
}
