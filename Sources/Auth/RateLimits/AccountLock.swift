public import Crypto

/// How failed logins limit sign-in to an account at present.
public struct AccountLock: Sendable, Equatable {
    /// The failed logins that count at present, of all clients; each is forgotten after a while.
    public let failures: Int
    /// When every client may try again, unless a sign-in fails until then; clients that are limited less may
    /// try earlier.
    public let until: Timestamp
}

extension AdministrationService {
    /// Whether failed logins limit sign-in to an account at present, counted by this process.
    ///
    /// - Returns: Nil when every client may try now.
    /// - Throws: `notFound`; `unavailable`.
    public func lock(of id: UUID) throws(AuthError) -> AccountLock? {
        let email = try user(id).account.email
        guard throttle.isLimiting, let lock = throttle.failedLogins.lock(at: email) else {
            return nil
        }
        // Rounded up: the time that a person is told is never too early.
        let milliseconds = lock.wait / 1_000_000 + 1
        return AccountLock(
            failures: lock.failures,
            until: Timestamp(milliseconds: now().milliseconds + Int64(clamping: milliseconds)))
    }
}

extension FailedLogins {
    /// The failures that count at an account, and the nanoseconds until every client may try again; nil
    /// when every client may try now.
    func lock(at email: Email) -> (failures: Int, wait: UInt64)? {
        let (account, now) = (key(ofAddress: email.address), now())
        let ofStrangers = accounts.level(of: account, now: now)
        // A known device that has used up its own failures counts as a stranger.
        let wait = max(
            ofStrangers.untilNext ?? 0,
            origins.longestWait(now: now) { $0.isGrouped(under: account) })
        guard wait > 0 else { return nil }
        let taken =
            accounts.taken(now: now) { $0.isGrouped(under: account) }
            + known.taken(now: now) { $0.isGrouped(under: account) }
        return (Int(clamping: taken), wait)
    }
}
