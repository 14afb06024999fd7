import Crypto

/// Counts wrong passwords, so that strangers can neither guess a password nor lock its owner out.
///
/// A client known to an account, by a device cookie or a live session, has failures of its own: 10, then
/// one every ten minutes. Everybody else is a stranger: the delay between a stranger's failures grows,
/// per account and network, and all strangers together have 60 failures per account, then one every six
/// minutes, so never more than 300 in a day. A known device that has used up its own failures counts as
/// a stranger.
///
/// Wrong proofs of a second factor count with them. For these the known clients of an account also have 10
/// failures together, then one every ten minutes: who has the password and a trusted browser begins any number of
/// sessions, each of which would have guesses of its own.
///
/// Shared by all threads. The counts of accounts and devices outlive the process: changed counts are
/// taken out and stored. The keys are MACs: the table contains no address, and no client can choose a key
/// that collides with another's. All keys of one account share a prefix, so that its counts can be
/// cleared together.
public final class FailedLogins: Sendable {
    /// What makes a client known to an account.
    enum Proof {
        /// A trusted device cookie.
        case device(UUID)
        /// A live session.
        case session(UUID)
    }

    /// An attempt that counts as a failure until it is undone.
    enum Attempt {
        case uncounted
        case known([Digest])
        case stranger(account: Digest, NetworkDelays.Receipt)
    }

    /// Whether an attempt is allowed.
    enum Outcome {
        case counted(Attempt)
        /// It is allowed in so many nanoseconds, if no other attempt fails until then; and the limit it reached.
        case refused(UInt64, by: Throttle.Limit)
    }

    /// Failures of each known device and session.
    let known: TokenBuckets<Digest>
    /// Failures of all strangers at an account.
    let accounts: TokenBuckets<Digest>
    /// Passwords that strangers had hashed at an account, right or wrong: see `HashingAdmission`.
    let hashings: TokenBuckets<Digest>
    /// Failures of the strangers in one network at an account.
    let origins: NetworkDelays
    private let key: Secret
    let now: @Sendable () -> UInt64

    private static let minute: UInt64 = 60_000_000_000

    /// Creates counts at zero.
    ///
    /// - Parameters:
    ///   - key: The key of the MACs; the same after a restart, so that the stored counts are found
    ///     again.
    ///   - capacity: The most counts of each kind that are tracked.
    ///   - isShared: Whether other processes learn how many passwords are hashed here.
    ///   - now: Nanoseconds of a monotonic clock.
    init(
        key: Secret, capacity: Int, isShared: Bool = false, now: @escaping @Sendable () -> UInt64
    ) {
        self.key = key
        self.now = now
        known = TokenBuckets(
            burst: 10, interval: 10 * Self.minute, capacity: capacity, tracksChanges: true)
        accounts = TokenBuckets(
            burst: 60, interval: 6 * Self.minute, capacity: capacity, tracksChanges: true)
        hashings = TokenBuckets(
            burst: 120, perMinute: 60, capacity: capacity, isShared: isShared)
        origins = NetworkDelays(capacity: capacity)
    }

    /// Counts an attempt at a password before it is checked.
    ///
    /// - Parameters:
    ///   - email: The address that was entered, whether or not an account has it.
    ///   - proof: What makes the client known to that account; nil for a stranger.
    ///   - network: The client's network.
    ///   - hasFactor: Whether the attempt is at a second factor.
    /// - Returns: The attempt, or how long to wait.
    func begin(
        at email: String, by proof: Proof?, from network: Throttle.Network,
        provingFactor hasFactor: Bool = false
    ) -> Outcome {
        let (mac, now) = (HMACSHA256(key: key), now())
        let account = key(ofAddress: email)
        var ownWait = UInt64.max
        if let proof {
            let names = [proof.bytes] + (hasFactor ? [[Kind.factor.rawValue]] : [])
            let keys = names.map { mac.code(for: $0).grouped(under: account) }
            guard let wait = takeKnown(keys, now: now) else { return .counted(.known(keys)) }
            ownWait = wait
        }
        let address = Array(email.asciiLowercased.utf8)
        let origin = origins.begin(network, now: now) { network in
            mac.code(for: [Kind.origin.rawValue] + network.bytes + address)
                .grouped(under: account)
        }
        let (wait, limit): (UInt64, Throttle.Limit)
        // Both are consulted, for the longer of the two waits; a refused attempt is counted by neither.
        switch (origin, accounts.take(account, now: now)) {
        case (.counted(let receipt), nil):
            return .counted(.stranger(account: account, receipt))
        case (.counted(let receipt), .some(let one)):
            origins.forget(receipt)
            (wait, limit) = (one, .failedLogins)
        case (.early(let one), nil):
            accounts.giveBack(account)
            (wait, limit) = (one, .failedLoginsOfNetwork)
        case (.early(let one), .some(let other)):
            (wait, limit) = (max(one, other), .failedLogins)
        }
        return .refused(min(wait, ownWait), by: proof == nil ? limit : .failedLoginsOfDevice)
    }

    /// Takes a failure of each known count, or of none.
    ///
    /// - Returns: Nil if all had one; otherwise the nanoseconds until the first that had none has one.
    private func takeKnown(_ keys: [Digest], now: UInt64) -> UInt64? {
        for (index, key) in keys.enumerated() {
            guard let wait = known.take(key, now: now) else { continue }
            for taken in keys[..<index] { known.giveBack(taken) }
            return wait
        }
        return nil
    }

    /// The key of an address that was entered to sign in, in upper or lower case.
    func key(ofAddress email: String) -> Digest {
        HMACSHA256(key: key).code(for: [Kind.account.rawValue] + email.asciiLowercased.utf8)
    }

    /// Undoes the count of an attempt that did not fail.
    func forget(_ attempt: Attempt) {
        switch attempt {
        case .uncounted: break
        case .known(let keys): for key in keys { known.giveBack(key) }
        case .stranger(let account, let receipt):
            accounts.giveBack(account)
            origins.forget(receipt)
        }
    }

    /// Clears all counts at an account: the failures of strangers in all networks, the passwords they had
    /// hashed, and the failures of its known devices and sessions.
    ///
    /// Stored counts among them are reported with the next changes.
    /// - Parameter email: The address of the account.
    public func clear(at email: Email) {
        clear(key(ofAddress: email.address))
    }

    /// Separates the kinds of keys that one MAC key produces.
    fileprivate enum Kind: UInt8 {
        case account, origin, device, session
        /// The second factor, for all known clients of the account.
        case factor
    }
}

extension FailedLogins.Proof {
    fileprivate var bytes: [UInt8] {
        switch self {
        case .device(let id): [FailedLogins.Kind.device.rawValue] + id.octets
        case .session(let id): [FailedLogins.Kind.session.rawValue] + id.octets
        }
    }
}

extension Throttle.Network {
    fileprivate var bytes: [UInt8] {
        UUID(high: kind, low: bits).octets
    }
}
