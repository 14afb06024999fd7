import Crypto

/// Counts wrong passwords so that strangers neither guess one nor keep its owner out.
///
/// Whoever is known to an account, by a device cookie or a live session, has failures of their own to
/// make: 10, then one every ten minutes. Everybody else is a stranger: the delay between their
/// failures grows, for each account and network, and all strangers together have 60 failures at an
/// account, then one every six minutes, so never more than 300 in a day. A known device that has used
/// up its own counts as a stranger.
///
/// Shared by all threads. The counts of accounts and devices outlive the process: somebody takes out
/// what changed and writes it down. The keys are MACs: nobody's address is in the table, and nobody
/// can aim at the count of another. All keys of one account begin alike, so that its counts can be
/// cleared together.
public final class FailedLogins: Sendable {
    /// By what somebody is known to an account.
    enum Proof {
        /// A device cookie that is trusted.
        case device(UUID)
        /// A live session.
        case session(UUID)
    }

    /// An attempt that counts as a failure until it is forgotten.
    enum Attempt {
        case uncounted
        case known(Digest)
        case stranger(account: Digest, NetworkDelays.Receipt)
    }

    /// Whether an attempt may be made.
    enum Outcome {
        case counted(Attempt)
        /// In so many nanoseconds it will be, if nobody else fails until then; and which limit says so.
        case refused(UInt64, by: Throttle.Limit)
    }

    /// Failures of each known device and session.
    let known: TokenBuckets<Digest>
    /// Failures of all strangers at an account.
    let accounts: TokenBuckets<Digest>
    /// What strangers have hashed at an account, right passwords or wrong: `HashingAdmission`.
    let hashings: TokenBuckets<Digest>
    /// Failures of the strangers in one network at an account.
    let origins: NetworkDelays
    private let key: Secret
    let now: @Sendable () -> UInt64

    private static let minute: UInt64 = 60_000_000_000

    /// Nobody has failed yet.
    ///
    /// - Parameters:
    ///   - key: What the keys of the table are made with; the same after a restart, for the counts to be
    ///     found again.
    ///   - capacity: The most counts of each kind that are remembered.
    ///   - now: Nanoseconds of a monotonic clock.
    init(key: Secret, capacity: Int, now: @escaping @Sendable () -> UInt64) {
        self.key = key
        self.now = now
        known = TokenBuckets(
            burst: 10, interval: 10 * Self.minute, capacity: capacity, tracksChanges: true)
        accounts = TokenBuckets(
            burst: 60, interval: 6 * Self.minute, capacity: capacity, tracksChanges: true)
        hashings = TokenBuckets(burst: 120, perMinute: 60, capacity: capacity)
        origins = NetworkDelays(capacity: capacity)
    }

    /// Counts an attempt at a password before it is checked.
    ///
    /// - Parameters:
    ///   - email: Whose password, whether or not an account has the address.
    ///   - proof: By what the client is known to that account; nil for a stranger.
    ///   - network: Where a stranger is.
    /// - Returns: The attempt, or how long to wait.
    func begin(
        at email: String, by proof: Proof?, from network: Throttle.Network
    ) -> Outcome {
        let (mac, now) = (HMACSHA256(key: key), now())
        let account = key(ofAddress: email)
        var ownWait = UInt64.max
        if let proof {
            let key = mac.code(for: proof.bytes).grouped(under: account)
            guard let wait = known.take(key, now: now) else { return .counted(.known(key)) }
            ownWait = wait
        }
        let address = Array(email.asciiLowercased.utf8)
        let origin = origins.begin(network, now: now) { network in
            mac.code(for: [Kind.origin.rawValue] + network.bytes + address)
                .grouped(under: account)
        }
        let (wait, limit): (UInt64, Throttle.Limit)
        // Both are asked, for the longer of the two waits; who is refused is counted by neither.
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

    /// Under what an address is counted that was typed as that of an account, in any case.
    func key(ofAddress email: String) -> Digest {
        HMACSHA256(key: key).code(for: [Kind.account.rawValue] + email.asciiLowercased.utf8)
    }

    /// Takes an attempt back that did not fail.
    func forget(_ attempt: Attempt) {
        switch attempt {
        case .uncounted: break
        case .known(let key): known.giveBack(key)
        case .stranger(let account, let receipt):
            accounts.giveBack(account)
            origins.forget(receipt)
        }
    }

    /// Clears everything that counts at an account: the failures of strangers, wherever they are, what
    /// they had hashed there, and the failures of its known devices and sessions.
    ///
    /// What was written down of it is named among the next changes.
    /// - Parameter email: The address of the account.
    public func clear(at email: Email) {
        let account = key(ofAddress: email.address)
        accounts.remove { $0.isGrouped(under: account) }
        hashings.remove { $0.isGrouped(under: account) }
        known.remove { $0.isGrouped(under: account) }
        origins.remove { $0.isGrouped(under: account) }
    }

    /// Keeps the kinds of keys apart that one MAC makes.
    fileprivate enum Kind: UInt8 {
        case account, origin, device, session
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
