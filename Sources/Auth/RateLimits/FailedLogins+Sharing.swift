public import Crypto

/// Counting together with other processes, each of which counts for itself and learns of the others' failures
/// after a while.
extension FailedLogins {
    /// The key under which the failures of strangers at an account are counted; those of its known devices and
    /// sessions are grouped under it.
    public func key(of email: Email) -> Digest { key(ofAddress: email.address) }

    /// Moves the time at which a count is back at zero.
    ///
    /// What was counted here meanwhile stays counted; the change is not reported with the next changes.
    /// - Parameters:
    ///   - subject: What is counted.
    ///   - key: Whose count it is.
    ///   - milliseconds: By how much; at most to that of an exhausted count.
    /// - Returns: False where the count does not fit into memory: nothing has changed then.
    @discardableResult
    public func move(_ subject: Count.Subject, _ key: Digest, by milliseconds: Int64) -> Bool {
        buckets(of: subject).move(key, by: milliseconds, now: now())
    }

    /// How long an exhausted count takes to be back at zero, in milliseconds.
    public func longestTime(of subject: Count.Subject) -> Int64 {
        Int64(buckets(of: subject).longestTime / 1_000_000)
    }

    /// Clears all counts at an account, as `clear(at:)`.
    ///
    /// - Parameter account: Its key.
    public func clear(_ account: Digest) {
        accounts.remove { $0.isGrouped(under: account) }
        hashings.remove { $0.isGrouped(under: account) }
        known.remove { $0.isGrouped(under: account) }
        origins.remove { $0.isGrouped(under: account) }
    }
}
