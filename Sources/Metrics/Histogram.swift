import Synchronization

/// Counts values by their size: written by one thread at a time, read by any.
///
/// Because it has one writer, a relaxed load and store take the place of a locked
/// instruction: a value costs a dozen instructions. A reader may find a value in its bucket and not
/// yet in the sum, never one that is not there.
public struct Histogram: ~Copyable, Sendable {
    /// The most bounds that buckets can have.
    public static let boundsAtMost = 22

    private let buckets: Buckets
    /// How many values are in each bucket; the last cell is the sum of all values.
    private let cells = InlineArray<24, Atomic<UInt64>> { _ in Atomic(0) }

    /// A histogram of nothing.
    public init(_ buckets: Buckets) {
        self.buckets = buckets
    }

    /// Counts a value.
    public func observe(_ value: UInt64) {
        let bounds = buckets.bounds
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        add(1, to: index)
        add(value, to: cells.count - 1)
    }

    /// What was counted so far.
    public var distribution: Distribution {
        Distribution(
            buckets, counts: (0...buckets.bounds.count).map { cells[$0].load(ordering: .relaxed) },
            sum: cells[cells.count - 1].load(ordering: .relaxed))
    }

    private func add(_ amount: UInt64, to index: Int) {
        let number = cells[index].load(ordering: .relaxed) &+ amount
        cells[index].store(number, ordering: .relaxed)
    }
}
