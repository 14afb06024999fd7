import Auth
import Crypto
import Synchronization

/// A bounded map shared by all threads, which never gives what was invalidated before.
///
/// Somebody who fetches a value because it was not here read it at some time before it is put in,
/// and it may have changed in between. So each shard counts its invalidations: a fill brings the
/// count of before its fetch and is dropped when that has moved.
final class Cache<Key: CacheKey, Value: Sendable>: Sendable {
    /// What a look-up gives.
    enum Lookup {
        /// The value, and whether this is the first use of its period.
        case hit(Value, isFirst: Bool)
        /// It is not here; the ticket is needed to put it in.
        case miss(Ticket)
    }

    /// The right to put in what is fetched from now on, until something is invalidated.
    struct Ticket {
        fileprivate let generation: UInt64
    }

    private final class Shard: Sendable {
        let entries: Mutex<ClockMap<Key, Value>>

        init(capacity: Int) {
            entries = Mutex(ClockMap(capacity: capacity))
        }
    }

    private let shards: [Shard]

    /// An empty cache.
    ///
    /// - Parameter capacity: The most values it holds; 0 holds none.
    init(capacity: Int) {
        let count = min(16, max(0, capacity))
        shards = (0..<count).map { _ in Shard(capacity: capacity / count) }
    }

    /// How many values it holds.
    var count: Int {
        shards.reduce(0) { sum, shard in sum + shard.entries.withLock { $0.count } }
    }

    /// Looks a value up, which is a use of it.
    ///
    /// - Parameters:
    ///   - key: The value's.
    ///   - period: When; always the same where nobody wants to know.
    ///   - bound: What was not used after this period is missed; nil for whatever.
    /// - Returns: The value, or a ticket.
    func lookUp(
        _ key: Key, in period: UInt32 = 0, usedAfter bound: UInt32? = nil
    ) -> Lookup {
        guard let shard = shard(of: key) else { return .miss(Ticket(generation: 0)) }
        return shard.entries.withLock { entries in
            if let found = entries.value(for: key, in: period, usedAfter: bound) {
                return .hit(found.value, isFirst: found.isFirst)
            }
            return .miss(Ticket(generation: entries.generation))
        }
    }

    /// Puts a fetched value in, unless something was invalidated since the look-up.
    ///
    /// - Parameters:
    ///   - key: That of the look-up.
    ///   - value: Fetched after the look-up.
    ///   - ticket: What the look-up gave.
    ///   - period: That of the look-up.
    func fill(_ key: Key, with value: Value, ticket: Ticket, in period: UInt32 = 0) {
        shard(of: key)?.entries.withLock { entries in
            guard entries.generation == ticket.generation else { return }
            entries.insert(value, for: key, in: period)
        }
    }

    /// Makes sure that the present value is given to nobody from now on.
    func invalidate(_ key: Key) {
        shard(of: key)?.entries.withLock { entries in
            entries.generation &+= 1
            entries.remove(key)
        }
    }

    /// Invalidates everything.
    func invalidateAll() {
        for shard in shards {
            shard.entries.withLock { entries in
                entries.generation &+= 1
                entries.removeAll()
            }
        }
    }

    private func shard(of key: Key) -> Shard? {
        shards.isEmpty
            ? nil : shards[Int(key.randomBits % UInt64(shards.count))]
    }
}

/// A key that holds bits which nobody chose.
protocol CacheKey: Hashable, Sendable {
    /// Some of those bits: they choose the shard, which a hash would do at twice the cost.
    var randomBits: UInt64 { get }
}

extension UUID: CacheKey {
    var randomBits: UInt64 { low }
}

extension Digest: CacheKey {
    var randomBits: UInt64 { firstWord }
}

extension Session.Key: CacheKey {
    var randomBits: UInt64 {
        switch self {
        case .id(let id): id.low
        case .tokenHash(let hash): hash.firstWord
        }
    }
}
