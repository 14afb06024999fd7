import Crypto

/// How much of what this daemon has counted, and of what it has learnt, the others know.
///
/// For each count the time at which it is back at zero, in milliseconds of the monotonic clock, as this daemon
/// knew it when it last exchanged it: what differs from that now was counted here since.
struct SharedCounts {
    /// The most counts.
    static let capacity = 131_072
    /// Differences below it are of clocks and round trips, in milliseconds: a failure counts for minutes.
    static let tolerance: Int64 = 1_000

    private var ends: [FailedLoginRows.Name: Int64] = [:]

    /// Nothing was exchanged.
    init() {}

    /// Compares a time with the exchanged one.
    ///
    /// - Parameters:
    ///   - end: The time; one that has passed is as good as the present.
    ///   - name: Whose count it is.
    ///   - now: The present time.
    /// - Returns: By how much it is later; 0 for about the same.
    func difference(of end: Int64, _ name: FailedLoginRows.Name, now: Int64) -> Int64 {
        let difference = max(end, now) - max(ends[name] ?? now, now)
        return abs(difference) < Self.tolerance ? 0 : difference
    }

    /// Notes what was exchanged.
    mutating func set(_ end: Int64, of name: FailedLoginRows.Name, now: Int64) {
        if end <= now {
            ends[name] = nil
        } else if ends[name] != nil || ends.count < Self.capacity {
            ends[name] = end
        }
    }

    /// Forgets all counts at an account.
    mutating func removeAll(of account: Digest) {
        ends = ends.filter { !$0.key.key.isGrouped(under: account) }
    }

    /// Forgets counts that are back at zero.
    mutating func removeEnded(now: Int64) {
        ends = ends.filter { $0.value > now }
    }
}
