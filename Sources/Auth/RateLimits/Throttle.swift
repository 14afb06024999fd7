public import Crypto
import Synchronization

/// The rate limits of clients and accounts.
///
/// Shared by all threads. Counts in bounded memory, and starts at zero with the process, except for
/// `failedLogins`. Where several processes serve the same accounts, they count together (`takeUses`).
public final class Throttle: Sendable {
    private let isEnabled: Atomic<Bool>
    let now: @Sendable () -> UInt64
    /// Seals what other processes are told of what was counted here; nil where this one counts alone.
    let sharingKey: Secret?
    private let logins: NetworkBuckets
    private let signups: NetworkBuckets
    private let setups: NetworkBuckets
    private let mails: NetworkBuckets
    private let passwordChecks: NetworkBuckets
    private let challenges: NetworkBuckets
    /// Attempts to create an account with an address.
    let newAccounts: TokenBuckets<Digest>
    /// Passwords that the known clients of an account had hashed.
    let knownClients: TokenBuckets<UUID>
    /// Actions of the known clients of an account whose network has reached its limit.
    let deviceLogins: TokenBuckets<UUID>
    /// The same for all accounts, by network.
    let deviceLoginsByNetwork: NetworkBuckets
    /// Derivations that wait or run.
    let hashing = HashingPlaces()
    /// Failed logins.
    public let failedLogins: FailedLogins
    /// Those that are to be recorded.
    let failedLoginEvents: FailedLoginEvents
    /// The keys of the device cookies of browsers that signed in.
    public let devices: DeviceKeys
    /// The limits on the requests of an account.
    public let tiers: TierLimits
    /// The limits on the sessions, API keys and invitations an account creates.
    let creations: CreationLimits
    /// The mails that were not sent.
    public let mailRefusals: MailRefusals

    /// Creates limits at full allowance.
    ///
    /// - Parameters:
    ///   - isEnabled: If false, everything is allowed.
    ///   - capacity: The most buckets of each kind that are tracked.
    ///   - tiers: The limits on the requests of an account.
    ///   - failureKey: The key of the MACs of failed logins; the same after a restart.
    ///   - devices: The keys of device cookies.
    ///   - sharingKey: Seals what is exchanged with other processes that count the same; the same in all of
    ///     them. Nil where there are none.
    ///   - onRefusedMail: Called for each mail that is not sent, on any thread.
    ///   - now: Nanoseconds of a monotonic clock.
    public init(
        isEnabled: Bool, capacity: Int = 65_536, tiers: TierLimits.Rules = TierLimits.Rules(),
        failureKey: Secret = .random(), devices: DeviceKeys = DeviceKeys([.random()]),
        sharingKey: Secret? = nil,
        onRefusedMail: @escaping @Sendable (MailRefusal) -> Void = { _ in },
        now: @escaping @Sendable () -> UInt64
    ) {
        self.isEnabled = Atomic(isEnabled)
        self.now = now
        self.sharingKey = sharingKey
        let isShared = sharingKey != nil
        func networks(_ burst: UInt64, _ perMinute: UInt64) -> NetworkBuckets {
            NetworkBuckets(
                burst: burst, perMinute: perMinute, capacity: capacity, isShared: isShared)
        }
        func accounts(_ burst: UInt64, _ perMinute: UInt64) -> TokenBuckets<UUID> {
            TokenBuckets(burst: burst, perMinute: perMinute, capacity: capacity, isShared: isShared)
        }
        logins = networks(30, 20)
        signups = networks(20, 10)
        setups = networks(10, 6)
        mails = networks(10, 5)
        passwordChecks = networks(30, 20)
        challenges = networks(120, 30)
        newAccounts = TokenBuckets(
            burst: 10, perMinute: 2, capacity: capacity, isShared: isShared)
        knownClients = accounts(120, 60)
        deviceLogins = accounts(10, 2)
        deviceLoginsByNetwork = networks(120, 60)
        failedLogins = FailedLogins(
            key: failureKey, capacity: capacity, isShared: isShared, now: now)
        failedLoginEvents = FailedLoginEvents(now: now)
        self.devices = devices
        self.tiers = TierLimits(tiers, capacity: capacity, isShared: isShared)
        creations = CreationLimits(capacity: capacity, isShared: isShared)
        mailRefusals = MailRefusals(report: onRefusedMail)
    }

    /// What is limited.
    public enum Limit: String, Sendable, CaseIterable {
        case login, signup, setup, mail
        /// Checks of the present password, other than logins.
        case passwordCheck = "password_check"
        /// Challenges for passkeys: a sign-in page asks for one when it is opened.
        case challenge
        /// Mails to one recipient (`MailShare`).
        case recipient
        /// Logins and password checks of the known devices and sessions of one account whose network has
        /// reached its limit.
        case deviceLogin = "device_login"
        /// Failed logins of all strangers at one account.
        case failedLogins = "failed_logins"
        /// Failed logins of the strangers of one network at one account.
        case failedLoginsOfNetwork = "failed_logins_network"
        /// Failed logins of one known device.
        case failedLoginsOfDevice = "failed_logins_device"
        /// Concurrent derivations of one network, one address or one account.
        case hashing
        /// Requests that hash a password, of the strangers at one address or the known clients of one account.
        case hashingOfAddress = "hashing_address"
        /// Attempts to create an account with one address.
        case newAccount = "signup_address"
        /// Requests of one account.
        case tiers
        /// Sessions that one account begins.
        case sessions
        /// API keys that one account creates.
        case apiKeys = "api_keys"
        /// Invitations that one account creates.
        case invites
    }

    /// How often a limit refused a client.
    public func refusals(by limit: Limit) -> UInt64 {
        switch limit {
        case .login: logins.refusals
        case .signup: signups.refusals
        case .setup: setups.refusals
        case .mail: mails.refusals
        case .passwordCheck: passwordChecks.refusals
        case .challenge: challenges.refusals
        case .recipient: mailRefusals.count(.recipient)
        case .deviceLogin: deviceLogins.refusals + deviceLoginsByNetwork.refusals
        case .failedLogins: failedLogins.accounts.refusals
        case .failedLoginsOfNetwork: failedLogins.origins.refusals
        case .failedLoginsOfDevice: failedLogins.known.refusals
        case .hashing: hashing.refusals
        case .hashingOfAddress: failedLogins.hashings.refusals + knownClients.refusals
        case .newAccount: newAccounts.refusals
        case .tiers: tiers.refusals
        case .sessions: creations.refusals(of: .session)
        case .apiKeys: creations.refusals(of: .apiKey)
        case .invites: creations.refusals(of: .invite)
        }
    }

    /// Enables or disables all limits.
    public func setEnabled(_ enabled: Bool) {
        isEnabled.store(enabled, ordering: .relaxed)
    }

    /// Whether the limits are enabled.
    var isLimiting: Bool { isEnabled.load(ordering: .relaxed) }

    /// Counts one action of a network.
    ///
    /// - Returns: Nil if it had a token; otherwise the nanoseconds until it has one.
    func wait(for action: Action, of network: Network) -> UInt64? {
        isLimiting ? buckets(of: action).take(network, now: now()) : nil
    }

    /// The buckets that count an action.
    func buckets(of action: Action) -> NetworkBuckets {
        switch action {
        case .login: logins
        case .signup: signups
        case .setup: setups
        case .mail: mails
        case .passwordCheck: passwordChecks
        case .challenge: challenges
        }
    }

    /// Takes a token, if the limits are enabled.
    func take<Key>(_ key: Key, of buckets: TokenBuckets<Key>) -> UInt64? {
        isLimiting ? buckets.take(key, now: now()) : nil
    }

    /// Takes a token, if the limits are enabled.
    func take(_ network: Network, of buckets: NetworkBuckets) -> UInt64? {
        isLimiting ? buckets.take(network, now: now()) : nil
    }

    /// Counts an attempt to create an account with an address, whether or not an account has it already.
    ///
    /// The response reveals whether an account has the address; the limit per address holds however many
    /// networks ask.
    /// - Throws: `tooManyRequests`.
    func admitNewAccount(with email: Email) throws(AuthError) {
        let key = failedLogins.key(ofAddress: email.address)
        try refuse(after: take(key, of: newAccounts), by: .newAccount)
    }

    /// Counts a request against the limit of its caller's tier.
    ///
    /// - Returns: What the account has left; nil when such requests do not count.
    func count(_ caller: borrowing Caller) -> Allowance? {
        guard isLimiting else { return nil }
        return tiers.count(caller, now: now)
    }

    /// Counts an attempt at an account's password before it is checked.
    ///
    /// Counted first and undone if the password was right: otherwise concurrent attempts could all pass
    /// before one of them has failed.
    /// - Parameters:
    ///   - email: The address that was entered, whether or not an account has it.
    ///   - proof: What makes the client known to that account; nil for a stranger.
    ///   - network: The client's network.
    ///   - hasFactor: Whether the attempt is at a second factor of the account.
    /// - Returns: The attempt, for `FailedLogins.forget` when it did not fail.
    /// - Throws: `tooManyRequests` after too many failures.
    func beginAttempt(
        at email: String, by proof: FailedLogins.Proof?, from network: Network,
        provingFactor hasFactor: Bool = false
    ) throws(AuthError) -> FailedLogins.Attempt {
        guard isLimiting else { return .uncounted }
        let outcome = failedLogins.begin(
            at: email, by: proof, from: network, provingFactor: hasFactor)
        switch outcome {
        case .counted(let attempt): return attempt
        case .refused(let wait, let limit): throw Self.refusal(after: wait, by: limit)
        }
    }

    /// Refuses a client that has to wait.
    func refuse(after wait: UInt64?, by limit: Limit) throws(AuthError) {
        if let wait { throw Self.refusal(after: wait, by: limit) }
    }

    static func refusal(after wait: UInt64, by limit: Limit) -> AuthError {
        .tooManyRequests(retryAfter: wait.secondsRoundedUp, limit: limit)
    }
}

extension UInt64 {
    /// This number of nanoseconds in whole seconds, rounded up.
    var secondsRoundedUp: Int { Int(self / 1_000_000_000) + (self % 1_000_000_000 == 0 ? 0 : 1) }
}
