/// A first-in, first-out queue in a ring that grows up to a bound.
struct Queue<Element> {
    private var ring: [Element?] = []
    private var start = 0
    private let capacity: Int

    /// The number of queued elements.
    private(set) var count = 0

    /// An empty queue.
    ///
    /// - Parameter capacity: The most elements; at least 1.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Whether the queue is full.
    var isFull: Bool { count >= capacity }

    /// The oldest element; nil when the queue is empty.
    var first: Element? { count > 0 ? ring[start] : nil }

    /// Adds an element at the end.
    ///
    /// - Returns: False, and nothing added, when the queue is full.
    mutating func append(_ element: Element) -> Bool {
        guard !isFull else { return false }
        if count == ring.count { grow() }
        ring[(start + count) % ring.count] = element
        count += 1
        return true
    }

    /// Removes the oldest element; nil when the queue is empty.
    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = ring[start].take()
        start = (start + 1) % ring.count
        count -= 1
        return element
    }

    private mutating func grow() {
        var larger: [Element?] = []
        let size = min(capacity, max(16, ring.count * 2))
        larger.reserveCapacity(size)
        for offset in 0..<count { larger.append(ring[(start + offset) % ring.count]) }
        for _ in count..<size { larger.append(nil) }
        ring = larger
        start = 0
    }
}
