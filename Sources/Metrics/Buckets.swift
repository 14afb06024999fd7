/// Where the buckets of a histogram end, and what its values are.
public struct Buckets: Sendable, Equatable {
    /// What a value counts.
    public enum Unit: Sendable, Equatable {
        /// Nanoseconds; shown in seconds.
        case nanoseconds
        /// Things.
        case ones
    }

    /// The greatest value of each bucket, ascending; one more bucket counts what is beyond the last.
    public let bounds: [UInt64]
    /// What a value counts.
    public let unit: Unit

    /// Buckets that end at these values.
    ///
    /// - Parameters:
    ///   - bounds: Ascending; at most `Histogram.boundsAtMost`.
    ///   - unit: What a value counts.
    public init(_ bounds: [UInt64], of unit: Unit) {
        precondition(bounds.count <= Histogram.boundsAtMost)
        self.bounds = bounds
        self.unit = unit
    }

    /// For times: from 0.1 ms to 10 s.
    public static let times = Buckets(
        [
            100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000,
            50_000_000, 100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000,
            5_000_000_000, 10_000_000_000,
        ], of: .nanoseconds)
}
