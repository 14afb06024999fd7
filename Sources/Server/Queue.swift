/// A first-in, first-out queue in a ring that grows up to a bound.
struct Queue<Element> {
    private var ring: [Element?] = []
    private var first = 0
    private let capacity: Int

    /// How many elements wait.
    private(set) var count = 0

    /// An empty queue.
    ///
    /// - Parameter capacity: The most elements; at least 1.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Adds an element at the end.
    ///
    /// - Returns: False, and nothing added, when the queue is full.
    mutating func append(_ element: Element) -> Bool {
        guard count < capacity else { return false }
        if count == ring.count { grow() }
        ring[(first + count) % ring.count] = element
        count += 1
        return true
    }

    /// Takes the first element; nil when there is none.
    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = ring[first].take()
        first = (first + 1) % ring.count
        count -= 1
        return element
    }

    private mutating func grow() {
        var larger: [Element?] = []
        let size = min(capacity, max(16, ring.count * 2))
        larger.reserveCapacity(size)
        for offset in 0..<count { larger.append(ring[(first + offset) % ring.count]) }
        for _ in count..<size { larger.append(nil) }
        ring = larger
        first = 0
    }
}
