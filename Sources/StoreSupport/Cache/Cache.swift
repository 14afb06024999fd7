package import Auth
package import Crypto
import Synchronization

/// A map bounded by the bytes that it occupies, shared by all threads, which never returns an invalidated value.
///
/// A thread that misses a value fetches it and fills it in later; in between it may have changed. So each
/// shard counts its invalidations: a fill carries the count from before its fetch and is dropped when
/// that count has moved.
package final class Cache<Value: CacheValue>: Sendable {
    package typealias Key = Value.Key

    /// What a look-up gives.
    package enum Lookup {
        /// The value, and whether this is the first use of its period.
        case hit(Value, isFirst: Bool)
        /// It is not cached; the ticket is needed to fill it in.
        case miss(Ticket)
    }

    /// The right to fill in what is fetched from now on, until something is invalidated.
    package struct Ticket {
        fileprivate let generation: UInt64
    }

    private final class Shard: Sendable {
        let entries = Mutex(ClockMap<Value>(maximumBytes: 0))
    }

    private static var shardCount: Int { 16 }

    private let shards: [Shard]
    private let maximumBytes: Int
    /// What all shards occupy; threads that fill values in at the same time may exceed the maximum by these.
    private let byteCount = Atomic(0)

    /// An empty cache.
    ///
    /// - Parameter maximumBytes: What its values may occupy together; 0 holds none.
    package init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
        shards = maximumBytes > 0 ? (0..<Self.shardCount).map { _ in Shard() } : []
    }

    /// How many values it holds.
    package var count: Int {
        shards.reduce(0) { sum, shard in sum + shard.entries.withLock { $0.count } }
    }

    /// Looks a value up, which counts as a use.
    ///
    /// - Parameters:
    ///   - key: The value's.
    ///   - period: The period of the use; always the same where uses are not recorded.
    ///   - bound: A value that was last used in this period or before is missed; nil for no bound.
    /// - Returns: The value, or a ticket.
    package func lookUp(
        _ key: Key, in period: UInt32 = 0, usedAfter bound: UInt32? = nil
    ) -> Lookup {
        guard let shard = shard(of: key) else { return .miss(Ticket(generation: 0)) }
        return withEntries(of: shard) { entries in
            if let found = entries.value(for: key, in: period, usedAfter: bound) {
                return .hit(found.value, isFirst: found.isFirst)
            }
            return .miss(Ticket(generation: entries.generation))
        }
    }

    /// A ticket for a value that has to be fetched, whether or not it is cached.
    package func ticket(for key: Key) -> Ticket {
        Ticket(generation: shard(of: key)?.entries.withLock { $0.generation } ?? 0)
    }

    /// Fills a fetched value in, unless something was invalidated since the look-up.
    ///
    /// - Parameters:
    ///   - value: Fetched after the look-up of its key.
    ///   - ticket: From the look-up.
    ///   - period: That of the look-up.
    package func fill(with value: Value, ticket: Ticket, in period: UInt32 = 0) {
        guard let shard = shard(of: value.cacheKey) else { return }
        withEntries(of: shard) { entries in
            guard entries.generation == ticket.generation else { return }
            let others = byteCount.load(ordering: .relaxed) - entries.byteCount
            entries.maximumBytes = maximumBytes - others
            entries.insert(value, in: period)
        }
    }

    /// Removes a value; no later look-up returns it.
    package func invalidate(_ key: Key) {
        guard let shard = shard(of: key) else { return }
        withEntries(of: shard) { entries in
            entries.generation &+= 1
            entries.remove(key)
        }
    }

    /// Removes every value.
    package func invalidateAll() {
        for shard in shards {
            withEntries(of: shard) { entries in
                entries.generation &+= 1
                entries.removeAll()
            }
        }
    }

    /// Runs with the entries of a shard, and counts what they occupy more or less after it.
    private func withEntries<Result>(
        of shard: Shard, _ body: (inout ClockMap<Value>) -> sending Result
    ) -> sending Result {
        shard.entries.withLock { entries in
            let before = entries.byteCount
            defer {
                let change = entries.byteCount - before
                if change != 0 { byteCount.add(change, ordering: .relaxed) }
            }
            return body(&entries)
        }
    }

    private func shard(of key: Key) -> Shard? {
        shards.isEmpty ? nil : shards[Int(key.randomBits % UInt64(Self.shardCount))]
    }
}

/// A value that has the key that it is found under, so that none is stored beside it.
package protocol CacheValue: Sendable {
    /// By what it is found.
    associatedtype Key: CacheKey

    /// What it is found under.
    var cacheKey: Key { get }
    /// What it occupies on the heap, in bytes.
    var heapBytes: Int { get }
}

/// A key that no client can choose.
package protocol CacheKey: Hashable, Sendable {
    /// Bits that differ from key to key in all places: a hash would cost twice as much.
    var randomBits: UInt64 { get }
}

extension UUID: CacheKey {
    /// Of the whole id: those of one machine by version 1 (RFC 9562 §5.1), as an import may bring them, have half of
    /// it in common.
    package var randomBits: UInt64 {
        let product = high.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return low ^ product.high ^ product.low
    }
}

extension Digest: CacheKey {
    package var randomBits: UInt64 { firstWord }
}

extension Session.Key: CacheKey {
    package var randomBits: UInt64 {
        switch self {
        case .id(let id): id.randomBits
        case .tokenHash(let hash): hash.firstWord
        }
    }
}
