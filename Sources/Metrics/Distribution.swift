/// What histograms have counted.
public struct Distribution: Sendable, Equatable {
    /// Where its buckets end.
    public let buckets: Buckets
    /// How many values are in each bucket and in no smaller one; the last has no bound.
    public private(set) var counts: [UInt64]
    /// The sum of all values, in the unit of the buckets.
    public private(set) var sum: UInt64

    /// A distribution of nothing.
    public init(_ buckets: Buckets) {
        self.init(
            buckets, counts: [UInt64](repeating: 0, count: buckets.bounds.count + 1), sum: 0)
    }

    /// What one histogram has counted.
    init(_ buckets: Buckets, counts: [UInt64], sum: UInt64) {
        self.buckets = buckets
        self.counts = counts
        self.sum = sum
    }

    /// How many values there are.
    public var count: UInt64 { counts.reduce(0, &+) }

    /// Adds what another histogram with the same buckets has counted.
    public mutating func add(_ other: Distribution) {
        for (index, count) in zip(counts.indices, other.counts) { counts[index] &+= count }
        sum &+= other.sum
    }
}
