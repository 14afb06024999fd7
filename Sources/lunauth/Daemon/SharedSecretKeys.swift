import Auth
import Crypto
import Synchronization

/// The secret keys that the daemons of one database share, as one of them has opened them.
///
/// Empty where the key is in a file beside the database. Shared by all threads.
final class SharedSecretKeys: Sendable {
    /// One of them.
    struct Key: Sendable {
        /// Counts from 1.
        let number: Int64
        let secret: Secret
        /// From when on it signs.
        let signsAt: Timestamp
    }

    private let keys = Mutex([Key]())

    /// None.
    init() {}

    /// All of them, by their numbers.
    var all: [Key] { keys.withLock { $0 } }

    /// Takes over what the database has.
    func replace(by keys: [Key]) {
        self.keys.withLock { $0 = keys.sorted { $0.number < $1.number } }
    }

    /// The keys that are of use, the one that signs first.
    ///
    /// After it come those that sign later, which other daemons may use already, by a clock that is ahead; and
    /// those that have signed, for as long as anything they signed is good.
    /// - Parameters:
    ///   - time: The present time.
    ///   - lifetime: How long what was signed is good, in seconds.
    /// - Returns: Keys; none where there are none.
    func inUse(at time: Timestamp, lifetime: Int64) -> [Key] {
        let all = all
        guard let first = all.first else { return [] }
        let current = all.last { $0.signsAt <= time } ?? first
        let later = all.filter { $0.number > current.number }
        let former = zip(all, all.dropFirst()).filter { key, next in
            key.number < current.number && next.signsAt > time.adding(seconds: -lifetime)
        }
        return [current] + later + former.map(\.0).reversed()
    }
}
