/// What a connection waits for; each kind has one limit for all connections.
enum ConnectionTimeout: Int, CaseIterable {
    /// The first byte, from accept.
    case start
    /// The rest of a head, from its first byte, before the minimum rate applies.
    case head
    /// More of a head at the minimum rate, from the last check.
    case headRate
    /// The rest of a body, from the complete head, before the minimum rate applies.
    case body
    /// More of a body at the minimum rate, from the last check.
    case bodyRate
    /// The next request, from the last response.
    case idle
    /// The client to receive its response, from the first incomplete send until all is sent.
    case write
    /// The client to close after the last response, from that response.
    case linger
}

/// When each connection's wait began, in one linked list for each kind.
///
/// A kind's limit is the same for all, so a list ordered by beginning is ordered by deadline: its
/// first entry is the next to expire. The lists are linked through one array indexed by slot; every
/// change is O(1) and allocates nothing once the array is long enough. Because beginnings are stored
/// and not ends, a changed limit applies to all connections at once.
struct Deadlines {
    private struct Link {
        var previous: Int32 = -1
        var next: Int32 = -1
        var wait: ConnectionTimeout?
        var since: UInt64 = 0
    }

    private var links: [Link] = []
    private var first = [Int32](repeating: -1, count: ConnectionTimeout.allCases.count)
    private var last = [Int32](repeating: -1, count: ConnectionTimeout.allCases.count)

    /// Creates empty lists.
    init() {}

    /// Sets what a slot waits for now; the same value again changes nothing.
    ///
    /// - Parameters:
    ///   - slot: The slot in the loop's table.
    ///   - wait: The kind; nil when no limit applies.
    ///   - since: When this wait began; not before that of an earlier call with the same kind.
    mutating func set(_ slot: UInt32, to wait: ConnectionTimeout?, since: UInt64) {
        let index = Int(slot)
        while links.count <= index { links.append(Link()) }
        if links[index].wait == wait, wait == nil || links[index].since == since { return }
        unlink(index)
        links[index] = Link(wait: wait, since: since)
        guard let wait else { return }
        let tail = last[wait.rawValue]
        links[index].previous = tail
        if tail >= 0 {
            links[Int(tail)].next = Int32(index)
        } else {
            first[wait.rawValue] = Int32(index)
        }
        last[wait.rawValue] = Int32(index)
    }

    /// The slot that has waited longest for this.
    func oldest(_ wait: ConnectionTimeout) -> (slot: UInt32, since: UInt64)? {
        let index = first[wait.rawValue]
        return index < 0 ? nil : (UInt32(index), links[Int(index)].since)
    }

    /// The slot that has waited longest for any of these.
    func oldest(of waits: [ConnectionTimeout]) -> (slot: UInt32, since: UInt64)? {
        waits.compactMap { oldest($0) }.min { $0.since < $1.since }
    }

    /// Restarts every wait of a kind.
    mutating func restart(_ wait: ConnectionTimeout, at now: UInt64) {
        var index = first[wait.rawValue]
        while index >= 0 {
            links[Int(index)].since = now
            index = links[Int(index)].next
        }
    }

    /// The next time at which a wait expires; nil when none can.
    func next(_ limits: TimeoutLimits) -> UInt64? {
        var earliest: UInt64?
        for wait in ConnectionTimeout.allCases {
            guard let (_, since) = oldest(wait) else { continue }
            let deadline = since + limits[wait]
            earliest = min(earliest ?? deadline, deadline)
        }
        return earliest
    }

    /// A slot whose wait has expired; it stays listed until it is set to something else.
    func expired(at now: UInt64, _ limits: TimeoutLimits) -> (
        slot: UInt32, wait: ConnectionTimeout
    )? {
        for wait in ConnectionTimeout.allCases {
            if let (slot, since) = oldest(wait), since + limits[wait] <= now {
                return (slot, wait)
            }
        }
        return nil
    }

    private mutating func unlink(_ index: Int) {
        let link = links[index]
        guard let wait = link.wait else { return }
        if link.previous >= 0 {
            links[Int(link.previous)].next = link.next
        } else {
            first[wait.rawValue] = link.next
        }
        if link.next >= 0 {
            links[Int(link.next)].previous = link.previous
        } else {
            last[wait.rawValue] = link.previous
        }
    }
}
