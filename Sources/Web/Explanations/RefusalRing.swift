import Synchronization

/// The last refusals of all threads, by request id.
///
/// Its memory is bounded: it grows to its capacity and stays there. Adding replaces one entry under a lock
/// that is held for that alone; a search compares hashes, 80 KB of them.
package final class RefusalRing: Sendable {
    /// How many refusals are kept.
    package static let capacity = 10_000

    private struct Entries {
        var refusals: [Refused] = []
        /// The hashes of their ids, in the same order.
        var hashes: [Int] = []
        /// Where the next one goes, once all places are taken: the oldest is there.
        var next = 0
    }

    private let capacity: Int
    private let entries = Mutex(Entries())

    /// An empty ring.
    ///
    /// - Parameter capacity: How many refusals it keeps; at least one.
    package init(capacity: Int = RefusalRing.capacity) {
        self.capacity = max(1, capacity)
    }

    /// Adds a refusal, in place of the oldest where the ring is full.
    package func add(_ refused: Refused) {
        let hash = Self.hash(of: refused.id)
        // What is replaced is freed after the lock.
        _ = entries.withLock { entries -> Refused? in
            guard entries.refusals.count == capacity else {
                entries.refusals.append(refused)
                entries.hashes.append(hash)
                return nil
            }
            let index = entries.next
            let oldest = entries.refusals[index]
            entries.refusals[index] = refused
            entries.hashes[index] = hash
            entries.next = index + 1 == capacity ? 0 : index + 1
            return oldest
        }
    }

    /// The refusals with a request id, newest first: a proxy may give one id to several requests.
    ///
    /// - Parameters:
    ///   - id: The id, as it went on the wire.
    ///   - limit: The most that are returned.
    /// - Returns: None when the id is unknown, or its refusal was replaced by later ones.
    package func refusals(of id: some Collection<UInt8>, limit: Int = 10) -> [Refused] {
        let hash = Self.hash(of: id)
        return entries.withLock { entries in
            var found: [Refused] = []
            let count = entries.hashes.count
            for age in 0..<count where found.count < limit {
                let index = (entries.next + count - 1 - age) % count
                guard entries.hashes[index] == hash,
                    entries.refusals[index].id.elementsEqual(id)
                else { continue }
                found.append(entries.refusals[index])
            }
            return found
        }
    }

    /// Seeded by the process: a client that chooses ids cannot choose hashes.
    private static func hash(of id: some Collection<UInt8>) -> Int {
        var hasher = Hasher()
        for byte in id { hasher.combine(byte) }
        return hasher.finalize()
    }
}
